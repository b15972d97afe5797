// How a prompt asks for a structured answer, and how a recorded prompt is read back.
import type { ChatMessage, ChatRequest, JsonObject } from '../port.ts';

const opening =
  'Answer with one JSON object and nothing else: no prose around it, no code fence. It must fit this JSON schema:\n';

/** The text that stands behind the system message. */
export function schemaInstruction({ schema }: NonNullable<ChatRequest['format']>): string {
  return `${opening}${JSON.stringify(schema)}`;
}

/** The messages with the instruction behind the system text, where it stays the same from call to call and is cached. */
export function withInstruction({ messages, format }: ChatRequest): readonly ChatMessage[] {
  if (format === null) return messages;
  const instruction = schemaInstruction(format);
  const [first, ...rest] = messages;
  if (first?.role !== 'system') return [{ role: 'system', text: instruction }, ...messages];
  return [{ role: 'system', text: `${first.text}\n\n${instruction}` }, ...rest];
}

/** Undoes `withInstruction`; `schema` is null where there is no instruction. */
export function splitInstruction(messages: readonly ChatMessage[]): {
  rest: readonly ChatMessage[];
  schema: JsonObject | null;
} {
  const [first, ...others] = messages;
  const at = first?.role === 'system' ? first.text.lastIndexOf(opening) : -1;
  if (first?.role !== 'system' || at === -1) return { rest: messages, schema: null };
  const schema = JSON.parse(first.text.slice(at + opening.length)) as JsonObject;
  const text = first.text.slice(0, at).replace(/\n\n$/, '');
  return { rest: at === 0 ? others : [{ role: 'system', text }, ...others], schema };
}
