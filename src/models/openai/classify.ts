// What a refusal means. Status and words are looked at together: a full context is no rate limit, an empty account is none either.

import { refusesTools } from '../compat.ts';

export type RefusalKind =
  | 'rate-limit'
  | 'quota'
  | 'unavailable'
  | 'auth'
  | 'overflow'
  | 'unknown-model'
  | 'no-tools'
  | 'redirect'
  | 'blocked'
  | 'bad-request';

export interface Refusal {
  readonly status: number | null;
  readonly message: string;
  /** The server's `code` and `type`, as far as it gives them. */
  readonly code: string;
  /** Whether the server said when to come again. */
  readonly comeAgain: boolean;
}

const overflow =
  /context[_ ](length|window|size)|maximum context|max(imum)? (prompt|input)[_ ]?(length|tokens)|prompt is too long|input is too long|too many (input )?tokens|exceed\w* (the )?(available |model'?s? )?(context|token limit|max\w* tokens)|exceed_context_size|string_above_max_length|reduce the length|request too large|payload too large/i;
const quota =
  /insufficient_quota|billing|credit balance|insufficient (balance|credits?|funds)|exceeded your current quota|payment required|spending limit/i;
const unknownModel =
  /model_not_found|(model|deployment)\b.{0,120}(not found|does not exist|doesn't exist|not exist|unknown|no such|not loaded)|(no such|unknown|invalid|no) (model|deployment)|try pulling it first/is;
const blocked = /content_filter|content_policy|content management policy|responsibleai|moderation|safety/i;
const busy =
  /overloaded|capacity|try again|temporarily|rate.?limit|too many requests|server_error|internal error|unavailable|loading model/i;

/** The kind of a refusal by HTTP status, or of an error event in a stream (status null). */
export function classifyRefusal({ status, message, code, comeAgain }: Refusal): RefusalKind {
  const words = `${code} ${message}`;
  if (status !== null && status >= 300 && status < 400) return 'redirect';
  if (status === 402 || /insufficient_quota/i.test(code)) return 'quota';
  // 500: Ollama and llama.cpp report a full context that way as well.
  if (status !== 401 && status !== 403 && overflow.test(words)) return 'overflow';
  // A vendor that limits by the minute says "quota" too, but then it says when to come again.
  if ((status === 429 || status === 403 || status === null) && quota.test(words) && !comeAgain) return 'quota';
  if (status === 429 || /rate_limit/i.test(code)) return 'rate-limit';
  if (status === 401 || status === 403 || status === 407) return blocked.test(words) ? 'blocked' : 'auth';
  if ((status === 400 || status === 404 || status === 422) && refusesTools.test(words)) return 'no-tools';
  if ((status === 400 || status === 404 || status === 422) && unknownModel.test(words)) return 'unknown-model';
  if (status === 400 && blocked.test(words)) return 'blocked';
  if (status === 408 || status === 409 || status === 425 || (status !== null && status >= 500 && status !== 501)) {
    return 'unavailable';
  }
  if (status === null && busy.test(words)) return 'unavailable';
  return 'bad-request';
}
