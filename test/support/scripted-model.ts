// A model whose answers a test writes down: by turn, or as a function of the request.
import type { ChatModel, ChatOptions, ChatReply, ChatRequest, ToolCall } from '../../src/models/port.ts';

/** Text, an object (its JSON), tool calls, or any part of a reply. */
export type ScriptedAnswer =
  | string
  | { readonly json: unknown }
  | { readonly calls: readonly { readonly name: string; readonly arguments: unknown }[]; readonly text?: string }
  | { readonly reply: Partial<ChatReply> };

export type Script = readonly ScriptedAnswer[] | ((request: ChatRequest, turn: number) => ScriptedAnswer);

export interface ScriptedModel extends ChatModel {
  /** What was asked, in order. */
  readonly requests: readonly ChatRequest[];
}

const tokens = { input: 100, cachedInput: 0, output: 20, reasoning: 0, source: 'reported' } as const;

/** Answers turn by turn and throws when the script has ended: a test that asks more than it planned is wrong. */
export function scriptedModel(script: Script, id = 'scripted:model'): ScriptedModel {
  const requests: ChatRequest[] = [];
  return {
    id,
    endpoint: 'scripted',
    sees: { images: true },
    requests,
    async chat(request: ChatRequest, { signal, onText, beforeAttempt }: ChatOptions) {
      await beforeAttempt?.({ input: tokens.input, output: request.maxOutputTokens });
      const turn = requests.push(request) - 1;
      if (signal.aborted) return complete({ outcome: 'cancelled' }, id);
      const answer = typeof script === 'function' ? script(request, turn) : script[turn];
      if (answer === undefined) throw new Error(`The script has no answer for turn ${turn + 1}.`);
      const reply = complete(partial(answer, turn), id);
      if (reply.text !== '') onText?.(reply.text);
      return reply;
    },
  };
}

function partial(answer: ScriptedAnswer, turn: number): Partial<ChatReply> {
  if (typeof answer === 'string') return { text: answer };
  if ('reply' in answer) return answer.reply;
  if ('json' in answer) return { text: JSON.stringify(answer.json) };
  const toolCalls: ToolCall[] = answer.calls.map((call, index) => ({
    id: `call_${turn}_${index}`,
    name: call.name,
    arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
  }));
  return { text: answer.text ?? '', toolCalls };
}

function complete(reply: Partial<ChatReply>, model: string): ChatReply {
  const outcome = reply.outcome ?? 'done';
  const usage = reply.usage ?? tokens;
  const attempt = { startedAt: 0, ms: 1, outcome, status: 200, requestId: null, rung: 'scripted', usage, message: '' };
  return { outcome, text: '', toolCalls: [], usage, model, attempts: [attempt], failure: null, ...reply };
}
