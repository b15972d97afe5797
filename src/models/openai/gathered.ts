// Gathers the pieces of an answer into one, whatever their order and form.
import type { ToolCall, Usage } from '../port.ts';
import type { Chunk, ChunkMessage, ChunkUsage } from './chunk.ts';

interface GrowingCall {
  readonly index: number;
  readonly id: string | null;
  name: string;
  arguments: string;
}

/** An answer as far as it has come. */
export class Gathered {
  text = '';
  refusal = '';
  reasoning = '';
  model: string | null = null;
  finish: string | null = null;
  usage: Usage | null = null;
  /** Whether any choice came at all; without one the server does not speak this protocol. */
  spoke = false;
  readonly #calls: GrowingCall[] = [];

  /** Takes one chunk in; returns the text that it added. */
  add(chunk: Chunk): string {
    this.model ??= chunk.model ?? null;
    if (chunk.usage) this.usage = readUsage(chunk.usage) ?? this.usage;
    let added = '';
    for (const choice of chunk.choices ?? []) {
      this.spoke = true;
      if ((choice.index ?? 0) !== 0) continue;
      this.finish = choice.finish_reason ?? this.finish;
      const message = choice.delta ?? choice.message;
      if (message) added += this.#take(message);
    }
    return added;
  }

  /** Whether the model has said anything: the end of the wait for the first token. */
  get begun(): boolean {
    return this.size > 0 || this.#calls.length > 0;
  }

  /** Characters received. */
  get size(): number {
    const calls = this.#calls.reduce((sum, call) => sum + call.name.length + call.arguments.length, 0);
    return this.text.length + this.refusal.length + this.reasoning.length + calls;
  }

  /** The calls; where the server gave no ids they are numbered within the turn, so that each is the only one of its name. */
  toolCalls(turn: number): ToolCall[] {
    return this.#calls.map(({ id, name, arguments: text }, at) => ({
      id: id ?? callId(turn, at),
      name,
      arguments: text === '' ? '{}' : text,
    }));
  }

  #take(message: ChunkMessage): string {
    const content = message.content ?? '';
    const text = typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('');
    this.text += text;
    this.refusal += message.refusal ?? '';
    this.reasoning += message.reasoning_content ?? message.reasoning ?? '';
    for (const [at, call] of (message.tool_calls ?? []).entries()) {
      this.#takeCall(call.index ?? at, call.id || null, call.function?.name ?? '', call.function?.arguments ?? '');
    }
    return text;
  }

  /** A new id at a known index is a new call: some servers number every call 0. */
  #takeCall(index: number, id: string | null, name: string, given: string | Record<string, unknown>): void {
    const text = typeof given === 'string' ? given : JSON.stringify(given);
    const known = this.#calls.findLast((call) => call.index === index);
    if (known === undefined || (id !== null && known.id !== id)) {
      this.#calls.push({ index, id, name, arguments: text });
      return;
    }
    if (known.name === '') known.name = name;
    known.arguments += text;
  }
}

/** An id for a call without one: the same conversation gives the same ids. */
export function callId(turn: number, at: number): string {
  return `call_${turn}_${at}`;
}

/** Null where the numbers cannot be true: a request without input tokens does not exist. */
function readUsage(usage: ChunkUsage): Usage | null {
  const input = usage.prompt_tokens ?? 0;
  const output = usage.completion_tokens ?? null;
  if (input === 0 || output === null) return null;
  const cached = usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? 0;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens ?? 0;
  return {
    input,
    cachedInput: Math.min(cached, input),
    output,
    reasoning: Math.min(reasoning, output),
    source: 'reported',
  };
}
