// Answers from a cassette: the n-th time a request is made it gets the n-th recorded reply, then the last one again.
import { estimateInput } from '../estimate.ts';
import type { ChatMessage, ChatModel, ChatReply, ChatRequest } from '../port.ts';
import { noUsage } from '../usage.ts';
import type { Exchange } from './cassette.ts';
import { type ReadRequest, requestKey, whatTheModelReads } from './request-key.ts';

export interface ReplayModel extends ChatModel {
  /** How many requests were answered, and how many found no recording. */
  readonly tally: { readonly answered: number; readonly missed: number };
}

/** A model that knows only what the cassette holds. A request that was not recorded fails with `REPLAY_MISS`. */
export function replayModel(exchanges: readonly Exchange[], id = 'replay:cassette'): ReplayModel {
  const byKey = new Map<string, ChatReply[]>();
  for (const { request, reply } of exchanges) {
    const key = requestKey(request);
    byKey.set(key, [...(byKey.get(key) ?? []), reply]);
  }
  const asked = new Map<string, number>();
  const tally = { answered: 0, missed: 0 };
  return {
    id,
    endpoint: 'replay',
    sees: { images: true },
    tally,
    async chat(request, { signal, onText, beforeAttempt }) {
      if (signal.aborted) return withoutAnswer('cancelled', null);
      await beforeAttempt?.({ input: estimateInput(request), output: request.maxOutputTokens });
      const key = requestKey(request);
      const replies = byKey.get(key) ?? [];
      const turn = asked.get(key) ?? 0;
      asked.set(key, turn + 1);
      const reply = replies[Math.min(turn, replies.length - 1)];
      if (reply === undefined) {
        tally.missed += 1;
        return withoutAnswer('failed', miss(request, exchanges, key));
      }
      tally.answered += 1;
      if (reply.text !== '') onText?.(reply.text);
      return reply;
    },
  };
}

function withoutAnswer(outcome: 'cancelled' | 'failed', failure: ChatReply['failure']): ChatReply {
  return { outcome, text: '', toolCalls: [], usage: noUsage, model: 'replay', attempts: [], failure };
}

function miss(request: ChatRequest, exchanges: readonly Exchange[], key: string): ChatReply['failure'] {
  return {
    code: 'REPLAY_MISS',
    message: `No recorded reply for request ${key.slice(0, 12)}: ${nearestDifference(whatTheModelReads(request), exchanges)}.`,
    remedy: 'Something that the model reads has changed since the recording: record the cassette anew.',
  };
}

/** Where the recording that agrees longest first differs, so that a changed prompt is found without a debugger. */
function nearestDifference(request: ReadRequest, exchanges: readonly Exchange[]): string {
  const agreements = exchanges.map(({ request: { messages } }) => agreeing(request.messages, messages));
  if (agreements.length === 0) return 'the cassette is empty';
  const longest = Math.max(...agreements);
  const message = request.messages[longest];
  if (message === undefined) return 'all its messages were recorded, so its tools, its format or its length differ';
  return `message ${longest + 1} (${message.role}) was never recorded behind the ${longest} before it`;
}

function agreeing(some: readonly ChatMessage[], others: readonly ChatMessage[]): number {
  const differs = some.findIndex(
    (message, index) => requestKey(only(message)) !== requestKey(only(others[index] ?? { role: 'system', text: '' })),
  );
  return differs === -1 ? some.length : differs;
}

const only = (message: ChatMessage): ReadRequest => ({
  messages: [message],
  tools: [],
  toolChoice: 'none',
  format: null,
});
