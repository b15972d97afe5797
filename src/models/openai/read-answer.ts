// What the model said, wherever its server put it: content, arguments of the answer tool, or the reasoning.
import type { ChatRequest, ToolCall } from '../port.ts';
import { callId, type Gathered } from './gathered.ts';
import type { Rung } from './ladder.ts';
import { callCloses, callOpens } from './spoken-tools.ts';
import { answerToolName } from './wire.ts';

export interface Answer {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
}

export function readAnswer(gathered: Gathered, request: ChatRequest, rung: Rung): Answer {
  const content = withoutThinking(gathered.text);
  const { format } = request;
  const turn = request.messages.length;
  const calls = gathered.toolCalls(turn);
  const leaked = request.tools.length > 0 && calls.length === 0 ? leakedCalls(content, request) : null;
  if (leaked !== null) return leaked;
  if (format === null) return { text: content, toolCalls: calls };
  const given = rung === 'tool' ? calls.find(({ name }) => name === answerToolName(format)) : undefined;
  if (given !== undefined) return { text: given.arguments, toolCalls: calls.filter((call) => call !== given) };
  if (content.trim() !== '' || calls.length > 0) return { text: content, toolCalls: calls };
  // Reasoning parsers move the JSON of a structured answer into the reasoning.
  return { text: gathered.reasoning || gathered.text, toolCalls: [] };
}

/** Drops what a model thought aloud in front of its answer. */
function withoutThinking(text: string): string {
  const opened = /^\s*<(think|thinking|thought|reasoning)>/i.exec(text);
  const tag = opened?.[1] ?? 'think';
  const close = new RegExp(`</${tag}>`, 'i').exec(text);
  if (close !== null) {
    // A template may open the thought itself, so that only its end is in the text.
    const before = text.slice(0, close.index);
    const openedHere = opened !== null || !before.toLowerCase().includes(`<${tag}>`);
    return openedHere ? text.slice(close.index + close[0].length).trimStart() : text;
  }
  return opened === null ? text : '';
}

/**
 * Calls that stand in the text: where tools are told in the prompt, and where a server left them there. Only names that were
 * offered count, and only calls that end the text: what is quoted in the middle of it is a quotation.
 */
function leakedCalls(text: string, request: ChatRequest): Answer | null {
  const [before = '', ...blocks] = text.split(callOpens);
  const toolCalls: ToolCall[] = [];
  for (const block of blocks) {
    const end = block.indexOf(callCloses);
    const id = callId(request.messages.length, toolCalls.length);
    const call = end === -1 ? null : parseCall(block.slice(0, end), id);
    const behind = block.slice(end + callCloses.length).trim();
    if (call === null || behind !== '' || !request.tools.some(({ name }) => name === call.name)) return null;
    toolCalls.push(call);
  }
  return toolCalls.length === 0 ? null : { text: before.trim(), toolCalls };
}

function parseCall(body: string, id: string): ToolCall | null {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !('name' in value) || typeof value.name !== 'string')
      return null;
    const given = 'arguments' in value ? value.arguments : {};
    return { id, name: value.name, arguments: typeof given === 'string' ? given : JSON.stringify(given) };
  } catch {
    return null;
  }
}
