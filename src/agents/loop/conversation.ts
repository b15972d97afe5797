// One conversation with a model. Each exchange is remembered before it is acted on: what was paid for is never paid again.
import { z } from 'zod';
import type { Attempt, ChatMessage, ChatModel, ChatReply, ChatRequest, ContentPart, Usage } from '../../models/port.ts';
import { readRequestSchema, replySchema } from '../../models/port-schema.ts';
import { askFor } from '../../models/structured.ts';
import { addUsage } from '../../models/usage.ts';
import { cancelled, ForgeError } from '../../task/errors.ts';
import { hashValue } from '../../task/hashing.ts';
import type { Clock } from '../../task/ports.ts';
import type { Action } from './actions.ts';
import type { AgentEnd } from './agent-end.ts';
import type { Desk } from './desk.ts';
import { type AgentName, isAnswer } from './events.ts';
import { type Tool, type ToolResult, toolSpecs } from './tool.ts';

/** A model in a role. */
export interface Seat {
  readonly agent: AgentName;
  readonly model: ChatModel;
  /** US dollars of a usage; null when the price is not known. */
  price(usage: Usage): number | null;
  readonly maxOutputTokens: number;
  readonly seed: number | null;
}

export interface ConversationOptions {
  readonly desk: Desk;
  readonly seat: Seat;
  /** Null for what concerns the whole dataset. */
  readonly task: string | null;
  /** Everything that decides what the conversation is about: prompts, dataset, formulation, findings. */
  readonly about: unknown;
  readonly system: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** One exchange, as a run remembers it. */
export const exchangeSchema = z.strictObject({
  /** What was said since the exchange before, for people who read the run afterwards. */
  sent: readRequestSchema.shape.messages,
  reply: replySchema,
});

const resultSchema: z.ZodType<ToolResult> = z.strictObject({
  ok: z.boolean(),
  parts: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('text'), text: z.string() }),
      z.strictObject({ kind: z.literal('image'), mediaType: z.string(), base64: z.string() }),
    ]),
  ),
  summary: z.string(),
});

export class Conversation {
  readonly #options: ConversationOptions;
  readonly #key: string;
  readonly #messages: ChatMessage[];
  #sent = 0;
  #step = 0;

  constructor(options: ConversationOptions) {
    const { seat, about, system } = options;
    this.#options = options;
    this.#key = hashValue({ agent: seat.agent, model: seat.model.id, about, system });
    this.#messages = [{ role: 'system', text: system }];
  }

  say(...parts: readonly (ContentPart | string)[]): void {
    const given: ContentPart[] = [];
    for (const part of parts) {
      const last = given.at(-1);
      if (typeof part !== 'string') given.push(part);
      // Endpoints put texts side by side without a break.
      else if (last?.kind === 'text') given[given.length - 1] = { kind: 'text', text: `${last.text}\n\n${part}` };
      else given.push({ kind: 'text', text: part });
    }
    this.#messages.push({ role: 'user', parts: given });
  }

  /**
   * The answer to what was said. Its outcome is `done`, `length` or `refusal`.
   * @throws ForgeError when the endpoint fails for good, when a budget is spent, or on cancellation.
   */
  async ask(tools: readonly Tool[]): Promise<ChatReply> {
    const request = { ...this.#request(), tools: toolSpecs(tools), toolChoice: 'auto' as const, format: null };
    const reply = await this.#chat(request);
    this.#heard(reply);
    return reply;
  }

  /**
   * A value of the schema as the answer to what was said; an answer that does not fit is asked for again, twice at most.
   * @throws like `ask`.
   */
  async askFor<Value>(name: string, schema: z.ZodType<Value>): Promise<AgentEnd<Value>> {
    const { seat, signal } = this.#options;
    const model: ChatModel = { ...seat.model, chat: (request) => this.#chat(request) };
    const request = { ...this.#request(), tools: [], toolChoice: 'none' as const };
    const asked = await askFor(model, request, schema, { signal, name });
    const last = asked.replies.at(-1);
    if (last !== undefined) this.#heard(last);
    if (asked.kind === 'answer') return { kind: 'finished', value: asked.value };
    const code = asked.outcome === 'refusal' ? 'MODEL_REFUSED' : 'MODEL_ANSWER';
    return { kind: 'stopped', code, reason: asked.reason.message };
  }

  #request(): Pick<ChatRequest, 'messages' | 'maxOutputTokens' | 'temperature' | 'seed'> {
    const { maxOutputTokens, seed } = this.#options.seat;
    return { messages: [...this.#messages], maxOutputTokens, temperature: null, seed };
  }

  #heard({ text, toolCalls }: ChatReply): void {
    this.#messages.push({ role: 'assistant', text, toolCalls });
    this.#sent = this.#messages.length;
  }

  /** One exchange: known from an earlier process of the run, or paid for now and remembered before anything else happens. */
  async #chat(request: ChatRequest): Promise<ChatReply> {
    const { desk, seat, clock, signal } = this.#options;
    const step = this.#step;
    this.#step += 1;
    const started = clock.now();
    const { messages, tools, toolChoice, format } = request;
    const { value, reused } = await desk.memo({
      name: 'exchange',
      inputs: { conversation: this.#key, step, messages: hashValue(messages), tools, toolChoice, format },
      result: exchangeSchema,
      work: async () => {
        const attempts: Attempt[] = [];
        const onAttempt = (attempt: Attempt): unknown => attempts.push(attempt);
        const reply = await seat.model.chat(request, { signal, onAttempt }).catch((error: unknown) => {
          // A budget may end between two attempts: the first of them was paid for all the same.
          if (attempts.length > 0) this.#tell(stoppedReply(seat.model, attempts), step, started, false);
          throw error;
        });
        if (isAnswer(reply.outcome)) return { sent: messages.slice(this.#sent), reply };
        this.#tell(reply, step, started, false);
        throw failureOf(reply, seat.model);
      },
    });
    this.#tell(value.reply, step, started, reused);
    return value.reply;
  }

  /** Does an action, or remembers what it gave; tells the listener. */
  async act(
    action: Action,
    index: number,
    tool: Tool | undefined,
    work: () => Promise<ToolResult>,
  ): Promise<ToolResult> {
    const { desk, clock, seat, task } = this.#options;
    const started = clock.now();
    const inputs = { conversation: this.#key, step: this.#step, index, action };
    const result =
      tool?.remembered === true
        ? (await desk.memo({ name: 'action', inputs, result: resultSchema, work })).value
        : await work();
    desk.tell({
      type: 'tool-call',
      task,
      agent: seat.agent,
      conversation: this.#key,
      step: this.#step - 1,
      tool: action.name,
      ok: result.ok,
      ms: clock.now() - started,
      summary: result.summary,
    });
    return result;
  }

  /** Hands the results of actions back: each native call gets its own answer, everything else comes in one message. */
  answer(results: readonly { action: Action; result: ToolResult }[], remark: string | null): void {
    const loose: (ContentPart | string)[] = [];
    for (const { action, result } of results) {
      const text = result.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n');
      const pictures = result.parts.filter((part) => part.kind === 'image');
      if (action.callId !== null) {
        this.#messages.push({ role: 'tool', callId: action.callId, name: action.name, text });
        loose.push(...pictures);
      } else loose.push(`[${action.name}: ${result.ok ? 'done' : 'not done'}]\n${text}`, ...pictures);
    }
    if (remark !== null) loose.push(remark);
    if (loose.length > 0) this.say(...loose);
  }

  #tell(reply: ChatReply, step: number, started: number, reused: boolean): void {
    const { desk, seat, task, clock } = this.#options;
    desk.tell({
      type: 'model-call',
      task,
      agent: seat.agent,
      conversation: this.#key,
      step,
      model: seat.model.id,
      outcome: reply.outcome,
      usage: reply.usage,
      usd: seat.price(reply.usage),
      ms: clock.now() - started,
      attempts: reply.attempts.length,
      reused,
    });
  }
}

/** What a call came to that was stopped before it had an answer. */
function stoppedReply({ id }: ChatModel, attempts: readonly Attempt[]): ChatReply {
  const usage = addUsage(attempts.map((attempt) => attempt.usage));
  return { outcome: 'failed', text: '', toolCalls: [], usage, model: id, attempts, failure: null };
}

function failureOf(reply: ChatReply, model: ChatModel): ForgeError {
  if (reply.outcome === 'cancelled') return cancelled();
  const { code, message, remedy } = reply.failure ?? {
    code: 'MODEL_FAILED',
    message: 'it gave no answer and no reason',
    remedy: 'Try again, or choose another model.',
  };
  return new ForgeError(code, `${model.id} at ${model.endpoint}: ${message}`, remedy, 'environment');
}
