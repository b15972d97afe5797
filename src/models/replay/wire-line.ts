// A line of a cassette as a server or a proxy in OpenAI's format writes it: the body that came, the completion that was sent.
import { z } from 'zod';
import { chunkSchema } from '../openai/chunk.ts';
import { Gathered } from '../openai/gathered.ts';
import { readAnswer } from '../openai/read-answer.ts';
import { splitInstruction } from '../openai/schema-instruction.ts';
import type { ChatMessage, ChatReply, ContentPart, JsonObject, ToolCall } from '../port.ts';
import { noUsage } from '../usage.ts';
import type { Exchange } from './cassette.ts';
import type { ReadRequest } from './request-key.ts';

const part = z.union([
  z.looseObject({ type: z.literal('text'), text: z.string() }),
  z.looseObject({ type: z.literal('image_url'), image_url: z.looseObject({ url: z.string() }) }),
]);
const call = z.looseObject({ id: z.string(), function: z.looseObject({ name: z.string(), arguments: z.string() }) });
const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.union([z.string(), z.array(part)]).nullish(),
  tool_calls: z.array(call).optional(),
  tool_call_id: z.string().optional(),
});
const jsonObject = z.record(z.string(), z.json()) satisfies z.ZodType<JsonObject>;
const tool = z.looseObject({
  function: z.looseObject({
    name: z.string(),
    description: z.string().default(''),
    parameters: jsonObject.default({}),
  }),
});

/** The form of a line: `request` is the body of a chat completion, `response` the whole completion. */
export const wireLine = z.looseObject({
  request: z.looseObject({
    messages: z.array(message),
    tools: z.array(tool).default([]),
    tool_choice: z.unknown().optional(),
    response_format: z.looseObject({ json_schema: z.looseObject({ name: z.string() }).optional() }).optional(),
  }),
  response: chunkSchema,
});
type WireLine = z.infer<typeof wireLine>;

/** The exchange of a line, in the words of the port: what the adapter added to the prompt is taken out again. */
export function wireExchange({ request: body, response }: WireLine): Exchange {
  const callNames = new Map(
    body.messages.flatMap(({ tool_calls = [] }) => tool_calls.map(({ id, function: { name } }) => [id, name] as const)),
  );
  const messages = body.messages.map((each) => portMessage(each, callNames));
  const { rest, schema } = splitInstruction(messages);
  const choice = body.tool_choice;
  const request: ReadRequest = {
    messages: rest,
    tools: body.tools.map(({ function: { name, description, parameters } }) => ({ name, description, parameters })),
    toolChoice: choice === 'auto' || choice === 'required' ? choice : 'none',
    format: schema === null ? null : { name: body.response_format?.json_schema?.name ?? 'answer', schema },
  };
  return { request, reply: portReply(response, request) };
}

function portReply(response: WireLine['response'], request: ReadRequest): ChatReply {
  const gathered = new Gathered();
  gathered.add(response);
  const unlimited = { ...request, maxOutputTokens: 0, temperature: null, seed: null };
  const answer = readAnswer(gathered, unlimited, request.format === null ? 'plain' : 'json_schema');
  const outcome = gathered.finish === 'length' ? 'length' : 'done';
  const usage = gathered.usage ?? noUsage;
  const attempt = { startedAt: 0, ms: 0, outcome, status: 200, requestId: null, rung: 'recorded', usage, message: '' };
  return { outcome, ...answer, usage, model: gathered.model ?? 'recorded', attempts: [attempt], failure: null };
}

function portMessage(
  message: WireLine['request']['messages'][number],
  callNames: ReadonlyMap<string, string>,
): ChatMessage {
  const text = typeof message.content === 'string' ? message.content : '';
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', text };
    case 'user':
      return { role: 'user', parts: portParts(message.content ?? '') };
    case 'tool': {
      const callId = message.tool_call_id ?? '';
      return { role: 'tool', callId, name: callNames.get(callId) ?? '', text };
    }
    case 'assistant': {
      const toolCalls: ToolCall[] = (message.tool_calls ?? []).map(({ id, function: { name, arguments: given } }) => ({
        id,
        name,
        arguments: given,
      }));
      return { role: 'assistant', text, toolCalls };
    }
  }
}

function portParts(content: string | z.infer<typeof part>[]): ContentPart[] {
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  return content.map((each) => {
    if ('text' in each && each.type === 'text') return { kind: 'text', text: each.text };
    const url = each.type === 'image_url' ? each.image_url.url : '';
    const [, mediaType = '', base64 = ''] = /^data:([^;,]*);base64,(.*)$/s.exec(url) ?? [];
    return { kind: 'image', mediaType, base64 };
  });
}
