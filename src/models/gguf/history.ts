// A conversation in the words of node-llama-cpp, where a call and its result are parts of the model's turn.
import { z } from 'zod';

const text = z.union([
  z.string(),
  z.array(z.looseObject({ text: z.string() })).transform((parts) => parts.map((part) => part.text).join('')),
]);
const call = z.looseObject({ id: z.string(), function: z.looseObject({ name: z.string(), arguments: z.string() }) });

/** What the local server takes of a chat completion's body. Text only: a picture is refused. */
export const bodySchema = z.looseObject({
  messages: z
    .array(
      z.looseObject({
        role: z.enum(['system', 'user', 'assistant', 'tool']),
        content: text.nullish(),
        tool_calls: z.array(call).optional(),
        tool_call_id: z.string().optional(),
      }),
    )
    .min(1),
  tools: z
    .array(
      z.looseObject({
        function: z.looseObject({
          name: z.string(),
          description: z.string().default(''),
          parameters: z.record(z.string(), z.unknown()).optional(),
        }),
      }),
    )
    .default([]),
  tool_choice: z.unknown().optional(),
  response_format: z
    .discriminatedUnion('type', [
      z.looseObject({ type: z.literal('text') }),
      z.looseObject({ type: z.literal('json_object') }),
      z.looseObject({
        type: z.literal('json_schema'),
        json_schema: z.looseObject({ schema: z.record(z.string(), z.unknown()) }),
      }),
    ])
    .optional(),
  max_tokens: z.number().int().positive().default(1024),
  temperature: z.number().min(0).default(0),
  seed: z.number().int().min(0).optional(),
  stream: z.boolean().default(false),
});
export type Body = z.infer<typeof bodySchema>;

interface FunctionCall {
  readonly type: 'functionCall';
  readonly name: string;
  readonly params: unknown;
  result: unknown;
}
export type HistoryItem =
  | { readonly type: 'system' | 'user'; readonly text: string }
  | { readonly type: 'model'; readonly response: (string | FunctionCall)[] };

/** The messages as history; it ends with the model's turn that is to be written. */
export function toHistory(messages: Body['messages']): HistoryItem[] {
  const history: HistoryItem[] = [];
  const open = new Map<string, FunctionCall>();
  const turn = (): (string | FunctionCall)[] => {
    const last = history.at(-1);
    if (last?.type === 'model') return last.response;
    const response: (string | FunctionCall)[] = [];
    history.push({ type: 'model', response });
    return response;
  };
  for (const { role, content, tool_calls: calls = [], tool_call_id: id } of messages) {
    if (role === 'system' || role === 'user') history.push({ type: role, text: content ?? '' });
    else if (role === 'tool') {
      const asked = open.get(id ?? '');
      if (asked !== undefined) asked.result = content ?? '';
    } else {
      const response = turn();
      if (content) response.push(content);
      for (const { id: callId, function: made } of calls) {
        const entry: FunctionCall = {
          type: 'functionCall',
          name: made.name,
          params: parse(made.arguments),
          result: '',
        };
        open.set(callId, entry);
        response.push(entry);
      }
    }
  }
  turn();
  return history;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}

/** node-llama-cpp takes `anyOf` for null only; `oneOf` it takes as it is meant. */
export function toGrammarSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toGrammarSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key === 'anyOf' ? 'oneOf' : key, toGrammarSchema(value)]),
  );
}
