// What an error of the editor's language models means: another attempt, or a failure with its remedy.
import { type Failure, failure } from '../../models/failures.ts';
import { classifyRefusal, type RefusalKind } from '../../models/openai/classify.ts';
import type { ChatOutcome } from '../../models/port.ts';
import { redact } from '../../models/redact.ts';
import { askedWait } from '../../models/retry.ts';
import { describeError } from '../../task/errors.ts';

export interface LineFailure {
  readonly outcome: ChatOutcome;
  readonly failure: Failure;
  /** Trying again may help. */
  readonly isTransient: boolean;
  /** What the model's own words ask for, in ms. */
  readonly askedMs: number | null;
  /** The model takes no tools; a structured answer can still be asked for by the prompt. */
  readonly isAboutTools: boolean;
}

const longestQuote = 400;
const network = /ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|fetch failed|net::|network|socket|premature close/i;
const filtered = /content.?filter|filtered|responsible.?ai|moderation/i;
const aboutTools = /\btools?\b/i;

/** Judges an error of a request to `model`. Codes are those of `vscode.LanguageModelError`. */
export function lineFailure(error: unknown, model: string): LineFailure {
  const code = codeOf(error);
  const said = redact(causeOf(error)).slice(0, longestQuote);
  const plain = { outcome: 'failed', isTransient: false, askedMs: null, isAboutTools: false } as const;
  if (code === 'NoPermissions') return { ...plain, failure: noPermission(model) };
  if (code === 'NotFound') return { ...plain, failure: modelGone(model) };
  if (code === 'Blocked') return { ...plain, failure: blocked(model, said) };
  if (filtered.test(said)) {
    return { ...plain, outcome: 'refusal', failure: failure('MODEL_REFUSED', `${model} withheld its answer: ${said}`) };
  }
  const askedMs = askedWait(null, said, 0);
  const lost = network.test(said);
  const kind = classifyRefusal({ status: null, message: said, code, comeAgain: askedMs !== null });
  return {
    ...plain,
    askedMs,
    failure: failure(lost ? 'MODEL_CONNECTION' : (codes[kind] ?? 'MODEL_BAD_REQUEST'), `${model} failed: ${said}`),
    isTransient: lost || kind === 'rate-limit' || kind === 'unavailable',
    isAboutTools: aboutTools.test(said),
  };
}

const codes: Partial<
  Record<RefusalKind, 'MODEL_RATE_LIMITED' | 'MODEL_QUOTA' | 'MODEL_UNAVAILABLE' | 'MODEL_CONTEXT_OVERFLOW'>
> = {
  'rate-limit': 'MODEL_RATE_LIMITED',
  quota: 'MODEL_QUOTA',
  unavailable: 'MODEL_UNAVAILABLE',
  overflow: 'MODEL_CONTEXT_OVERFLOW',
};

function noPermission(model: string): Failure {
  return {
    code: 'MODEL_NO_PERMISSION',
    message: `The editor does not let MLE Forge use ${model}.`,
    remedy: 'Allow it under "Manage Language Model Access" in the menu of accounts, then resume the run.',
  };
}

function blocked(model: string, said: string): Failure {
  return {
    code: 'MODEL_BLOCKED',
    message: `The editor blocks requests to ${model}, usually because a quota is used up: ${said}`,
    remedy: 'Wait until the quota is there again and resume the run, or start one with another model.',
  };
}

/** A model that was there when the run began, or that was never there. */
export function modelGone(model: string): Failure {
  return {
    code: 'MODEL_GONE',
    message: `The editor has no language model ${model}, or no longer.`,
    remedy:
      'Sign in or install the extension that provides it and resume the run, or start a new run with another model.',
  };
}

function codeOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}

/** The model's own words stand in the cause; the editor's wrapper says "Unknown". */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return describeError(cause ?? error).trim();
}
