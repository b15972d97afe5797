// The port's records as zod schemas, for everything that reads them back from a file.
import { z } from 'zod';
import type { ChatMessage, ChatReply, JsonObject, ToolCall, ToolSpec } from './port.ts';

const jsonObject = z.record(z.string(), z.json()) satisfies z.ZodType<JsonObject>;

const toolCall = z.strictObject({ id: z.string(), name: z.string(), arguments: z.string() });

const part = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('image'), mediaType: z.string(), base64: z.string() }),
]);

const message: z.ZodType<ChatMessage> = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), text: z.string() }),
  z.strictObject({ role: z.literal('user'), parts: z.array(part) }),
  z.strictObject({ role: z.literal('assistant'), text: z.string(), toolCalls: z.array(toolCall) }),
  z.strictObject({ role: z.literal('tool'), callId: z.string(), name: z.string(), text: z.string() }),
]);

const toolSpec: z.ZodType<ToolSpec> = z.strictObject({
  name: z.string(),
  description: z.string(),
  parameters: jsonObject,
});

/** What the model reads of a request: limits and sampling are not kept. */
export const readRequestSchema = z.strictObject({
  messages: z.array(message),
  tools: z.array(toolSpec),
  toolChoice: z.enum(['auto', 'required', 'none']),
  format: z.strictObject({ name: z.string(), schema: jsonObject }).nullable(),
});

const count = z.number().int().min(0);
const usage = z.strictObject({
  input: count,
  cachedInput: count,
  output: count,
  reasoning: count,
  source: z.enum(['reported', 'estimated', 'reserved']),
});

const attempt = z.strictObject({
  startedAt: z.number(),
  ms: z.number(),
  outcome: z.string(),
  status: z.number().int().nullable(),
  requestId: z.string().nullable(),
  rung: z.string(),
  usage: usage.nullable(),
  message: z.string(),
});

export const replySchema: z.ZodType<ChatReply> = z.strictObject({
  outcome: z.enum(['done', 'length', 'refusal', 'cancelled', 'timeout', 'failed']),
  text: z.string(),
  toolCalls: z.array(toolCall satisfies z.ZodType<ToolCall>),
  usage,
  model: z.string(),
  attempts: z.array(attempt),
  failure: z.strictObject({ code: z.string(), message: z.string(), remedy: z.string() }).nullable(),
});
