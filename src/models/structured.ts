// Asks a model for a value of a given shape: read, check, and ask again with the fault, at most twice.
import { z } from 'zod';
import { extractJson } from './extract-json.ts';
import type { Failure } from './failures.ts';
import { modelSchema } from './model-schema.ts';
import type { ChatMessage, ChatModel, ChatOptions, ChatOutcome, ChatReply, ChatRequest } from './port.ts';

export interface AskOptions extends ChatOptions {
  /** Name of the answer, for servers that want one. */
  readonly name?: string;
  /** Further requests after an answer that does not fit. */
  readonly reasks?: number;
}

export type Asked<T> =
  | { readonly kind: 'answer'; readonly value: T; readonly repaired: boolean; readonly replies: readonly ChatReply[] }
  | {
      readonly kind: 'stopped';
      readonly outcome: ChatOutcome;
      readonly reason: Failure;
      readonly replies: readonly ChatReply[];
    };

const usualReasks = 2;
/** How much of a bad answer is shown to the model again; a long one is rarely read to its fault. */
const longestEcho = 6000;
const longestComplaint = 2000;

/**
 * A value of the schema, or why there is none. The request's own `format` is replaced by the schema.
 * @throws what `beforeAttempt` throws, and Error when the schema leaves the subset of models.
 */
export async function askFor<T>(
  model: ChatModel,
  request: Omit<ChatRequest, 'format'>,
  schema: z.ZodType<T>,
  { name = 'answer', reasks = usualReasks, ...options }: AskOptions,
): Promise<Asked<T>> {
  const format = { name, schema: modelSchema(schema) };
  const replies: ChatReply[] = [];
  let messages = request.messages;
  for (;;) {
    const reply = await model.chat({ ...request, messages, format }, options);
    replies.push(reply);
    const stopped = whyStopped(reply);
    const read = readReply(reply, schema, request.maxOutputTokens);
    // A whole object that fits is an answer even where the server says that it was cut behind it.
    if (read.kind === 'fits' && (stopped === null || reply.outcome === 'length')) {
      return { kind: 'answer', value: read.value, repaired: read.repaired, replies };
    }
    if (stopped !== null) return { kind: 'stopped', outcome: reply.outcome, reason: stopped, replies };
    const complaint = read.kind === 'fits' ? '' : read.complaint;
    if (replies.length > reasks)
      return { kind: 'stopped', outcome: 'failed', reason: invalid(complaint, replies.length), replies };
    messages = [...messages, ...correction(reply, complaint)];
  }
}

function whyStopped({ outcome, failure }: ChatReply): Failure | null {
  if (outcome === 'done') return null;
  if (outcome === 'cancelled') return { code: 'CANCELLED', message: 'Cancelled.', remedy: 'Run it again.' };
  if (outcome === 'length') {
    return {
      code: 'ANSWER_TRUNCATED',
      message: 'The answer was cut by the limit on output tokens; a cut answer is never completed by guessing.',
      remedy: 'Allow more output tokens, or ask for less at once.',
    };
  }
  return failure ?? { code: 'MODEL_FAILED', message: `The call ended with "${outcome}".`, remedy: 'Try again.' };
}

function invalid(complaint: string, answers: number): Failure {
  return {
    code: 'ANSWER_INVALID',
    message: `${answers} answers in turn did not have the form that was asked for. The last one: ${complaint}`,
    remedy: 'Choose a stronger model.',
  };
}

type Read<T> = { kind: 'fits'; value: T; repaired: boolean } | { kind: 'unfit'; complaint: string };

function readReply<T>(reply: ChatReply, schema: z.ZodType<T>, maxOutputTokens: number): Read<T> {
  // A server may say "stop" where its limit cut the answer: whatever used all that was allowed is not mended.
  const mend = reply.outcome === 'done' && lastOutput(reply) < maxOutputTokens;
  let complaint: string | null = null;
  for (const { value, repaired } of extractJson(reply.text, { mend })) {
    const parsed = schema.safeParse(value);
    if (parsed.success) return { kind: 'fits', value: parsed.data, repaired };
    complaint ??= z.prettifyError(parsed.error);
  }
  return { kind: 'unfit', complaint: (complaint ?? 'There is no JSON object in it.').slice(0, longestComplaint) };
}

/** Output tokens of the attempt that answered, as far as the server tells; 0 when it does not. */
function lastOutput({ attempts }: ChatReply): number {
  const usage = attempts.at(-1)?.usage;
  return usage?.source === 'reported' ? usage.output : 0;
}

function correction({ text }: ChatReply, complaint: string): ChatMessage[] {
  const echo = text.length > longestEcho ? `${text.slice(0, longestEcho)} [...]` : text;
  return [
    { role: 'assistant', text: echo || '(nothing)', toolCalls: [] },
    {
      role: 'user',
      parts: [
        {
          kind: 'text',
          text: `This answer cannot be used:\n${complaint}\nGive the whole answer again, corrected, as one JSON object that fits the schema.`,
        },
      ],
    },
  ];
}
