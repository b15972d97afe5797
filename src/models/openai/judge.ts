// What an ended request means for the call: an answer, another attempt, another spelling, or a failure with its remedy.

import type { ClockPhase } from '../clocks.ts';
import { type Failure, type FailureCode, failure } from '../failures.ts';
import type { ChatOutcome } from '../port.ts';
import { askedWait } from '../retry.ts';
import type { AttemptResult, Ending } from './attempt.ts';
import { classifyRefusal, type RefusalKind } from './classify.ts';
import type { Answer } from './read-answer.ts';

/** Certificates do not mend themselves between two attempts. */
export const hopeless: readonly string[] = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
];

export type Verdict =
  | { readonly kind: 'answer'; readonly outcome: ChatOutcome; readonly failure: Failure | null }
  | { readonly kind: 'retry'; readonly as: RetryKind; readonly askedMs: number | null; readonly failure: Failure }
  | { readonly kind: 'refused'; readonly status: number | null; readonly message: string; readonly failure: Failure }
  | { readonly kind: 'cancelled' };

export type RetryKind = 'transient' | 'timeout' | 'empty';

const cutByLength = ['length', 'max_tokens', 'model_length', 'token_limit'];
const declined = ['content_filter', 'refusal', 'safety', 'recitation', 'prohibited_content', 'blocklist'];
/** The server's own engine stopped in the middle. */
const brokenOff = ['error', 'abort', 'malformed_function_call'];

/** Judges how a request ended. `answer` is what was read of it so far. */
export function judge(
  { ending, gathered, headers }: AttemptResult,
  answer: Answer,
  host: string,
  now: number,
): Verdict {
  const finished = gathered.finish !== null && ['cut', 'lost', 'timeout'].includes(ending.kind);
  const how: Ending = finished ? { kind: 'answered' } : ending;
  switch (how.kind) {
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'overlong':
      return { kind: 'answer', outcome: 'length', failure: null };
    case 'answered':
      return judgeAnswer(gathered.finish?.toLowerCase() ?? '', gathered.refusal, answer);
    case 'alien':
      return { kind: 'answer', outcome: 'failed', failure: alien(host, how.head) };
    case 'timeout':
      return retry('timeout', failure('MODEL_TIMEOUT', `${host} ${slowness[how.phase]}.`));
    case 'cut':
      return retry('transient', failure('MODEL_CONNECTION', `The answer of ${host} broke off: ${how.why}.`));
    case 'lost':
      if (hopeless.includes(how.code)) {
        return {
          kind: 'answer',
          outcome: 'failed',
          failure: failure('MODEL_CONNECTION', `${host} shows no certificate that this machine trusts (${how.code}).`),
        };
      }
      return retry('transient', failure('MODEL_CONNECTION', `The connection to ${host} failed (${how.code}).`));
    case 'refused':
    case 'error': {
      const askedMs = askedWait(headers, how.message, now);
      const kind = classifyRefusal({ ...how, comeAgain: askedMs !== null });
      const said = failure(codeOf[kind], refusalMessage(kind, host, how.status, how.message, headers));
      if (kind === 'rate-limit' || kind === 'unavailable')
        return { kind: 'retry', as: 'transient', askedMs, failure: said };
      if (kind === 'blocked') return { kind: 'answer', outcome: 'refusal', failure: said };
      if (kind === 'bad-request' || kind === 'no-tools')
        return { kind: 'refused', status: how.status, message: how.message, failure: said };
      return { kind: 'answer', outcome: 'failed', failure: said };
    }
  }
}

function judgeAnswer(finish: string, refusal: string, { text, toolCalls }: Answer): Verdict {
  if (refusal !== '') return { kind: 'answer', outcome: 'refusal', failure: failure('MODEL_REFUSED', refusal) };
  if (declined.includes(finish)) {
    return {
      kind: 'answer',
      outcome: 'refusal',
      failure: failure('MODEL_REFUSED', `The answer was withheld (${finish}).`),
    };
  }
  if (cutByLength.includes(finish)) return { kind: 'answer', outcome: 'length', failure: null };
  if (brokenOff.includes(finish))
    return retry('transient', failure('MODEL_UNAVAILABLE', `The model stopped with "${finish}".`));
  if (text.trim() === '' && toolCalls.length === 0) {
    return retry('empty', failure('MODEL_EMPTY', 'The model answered with nothing.'));
  }
  // Servers invent finish reasons; an answer that is there is an answer.
  return { kind: 'answer', outcome: 'done', failure: null };
}

const retry = (as: RetryKind, why: Failure): Verdict => ({ kind: 'retry', as, askedMs: null, failure: why });

const slowness: Record<ClockPhase, string> = {
  'first-token': 'did not begin to answer in time',
  idle: 'stopped in the middle of its answer',
  total: 'took too long for its answer',
};

const codeOf: Record<RefusalKind, FailureCode> = {
  'rate-limit': 'MODEL_RATE_LIMITED',
  quota: 'MODEL_QUOTA',
  unavailable: 'MODEL_UNAVAILABLE',
  auth: 'MODEL_AUTH',
  overflow: 'MODEL_CONTEXT_OVERFLOW',
  'unknown-model': 'MODEL_UNKNOWN',
  'no-tools': 'MODEL_TOOLS_UNSUPPORTED',
  redirect: 'MODEL_REDIRECTED',
  blocked: 'MODEL_REFUSED',
  'bad-request': 'MODEL_BAD_REQUEST',
};

/** Longest quotation of a server's words. */
const longestQuote = 400;
/** How much of an answer shows that it is no chat completion. */
const alienQuote = 60;

function refusalMessage(
  kind: RefusalKind,
  host: string,
  status: number | null,
  said: string,
  headers: Headers | null,
): string {
  const target = kind === 'redirect' ? ` to ${headers?.get('location') ?? 'elsewhere'}` : '';
  const quote =
    said.trim() === ''
      ? ''
      : `: ${said
          .trim()
          .slice(0, longestQuote)
          .replace(/[.\s]+$/, '')}`;
  return `${host} refused${status === null ? '' : ` with status ${status}`}${target}${quote}.`;
}

function alien(host: string, head: string): Failure {
  const shown = head.replace(/\s+/g, ' ').trim().slice(0, alienQuote);
  return failure('MODEL_NOT_COMPATIBLE', `${host} is not OpenAI-compatible; it answered ${JSON.stringify(shown)}.`);
}
