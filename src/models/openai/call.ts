// One call of the port: attempts, waits and steps down the ladder until there is a reply. Every attempt is accounted for.
import type { ClockLimits } from '../clocks.ts';
import type { Compat } from '../compat.ts';
import type { Endpoint } from '../endpoint.ts';
import { estimateInput, plainEstimate } from '../estimate.ts';
import { type Failure, failure } from '../failures.ts';
import type { Attempt, ChatOptions, ChatOutcome, ChatReply, ChatRequest, Usage } from '../port.ts';
import { redact } from '../redact.ts';
import { backOff, type RetryPolicy } from '../retry.ts';
import type { Timing } from '../timing.ts';
import { addUsage, reservedUsage } from '../usage.ts';
import { type AttemptResult, attempt } from './attempt.ts';
import type { openAiClient } from './client.ts';
import { hopeless, judge, type RetryKind, type Verdict } from './judge.ts';
import { afterRefusal, type CapabilityMemory, type Rung, rungsFor } from './ladder.ts';
import { type Answer, readAnswer } from './read-answer.ts';
import { wireBody } from './wire.ts';

/** What all calls of one model share. */
export interface CallParts {
  readonly endpoint: Endpoint;
  readonly client: ReturnType<typeof openAiClient>;
  readonly memory: CapabilityMemory;
  readonly clocks: ClockLimits;
  readonly retries: RetryPolicy;
  readonly timing: Timing;
}

const nothing: Answer = { text: '', toolCalls: [] };

export class Call {
  readonly #parts: CallParts;
  readonly #request: ChatRequest;
  readonly #options: ChatOptions;
  readonly #attempts: Attempt[] = [];
  readonly #failures: Record<RetryKind, number> = { transient: 0, timeout: 0, empty: 0 };
  readonly #estimate: { readonly input: number; readonly output: number };
  #compat: Compat;
  #rungs: readonly Rung[];
  #model: string;
  /** The refusal of the highest rung: what is told when the lower ones fail as well. */
  #firstRefusal: Failure | null = null;

  constructor(parts: CallParts, request: ChatRequest, options: ChatOptions) {
    this.#parts = parts;
    this.#request = request;
    this.#options = options;
    this.#estimate = { input: estimateInput(request), output: request.maxOutputTokens };
    const known = parts.memory.get(this.#place) ?? { compat: parts.endpoint.compat, rung: null };
    this.#compat = known.compat;
    this.#rungs = rungsFor(request, known);
    this.#model = parts.endpoint.model;
  }

  async run(): Promise<ChatReply> {
    for (;;) {
      if (this.#options.signal.aborted) return this.#reply('cancelled', nothing, null);
      await this.#options.beforeAttempt?.(this.#estimate);
      const ended = await this.#next();
      if (ended !== null) return ended;
    }
  }

  /** Makes one attempt; returns the reply when it was the last one. */
  async #next(): Promise<ChatReply | null> {
    const { client, endpoint, clocks, timing } = this.#parts;
    const rung = this.#rungs[0] ?? 'prompt';
    const startedAt = timing.now();
    const result = await attempt(client, wireBody(this.#request, endpoint.model, rung, this.#compat), {
      signal: this.#options.signal,
      clocks,
      onText: this.#options.onText,
      longestAnswer: longestAnswer(this.#request.maxOutputTokens),
    });
    this.#model = result.gathered.model ?? this.#model;
    const answer = readAnswer(result.gathered, this.#request, rung);
    const verdict = this.#checkPrompt(judge(result, answer, endpoint.host, timing.now()), result);
    const usage = usageOf(result, verdict, this.#estimate);
    const told = this.#settle(verdict, answer, rung);
    this.#account({ startedAt, result, rung, usage, told });
    if (told.waitMs > 0) await timing.sleep(told.waitMs, this.#options.signal);
    return told.reply?.() ?? null;
  }

  /** Decides what follows: a reply, or another attempt after a wait. */
  #settle(verdict: Verdict, answer: Answer, rung: Rung): Told {
    switch (verdict.kind) {
      case 'cancelled':
        return this.#end('cancelled', answer, null);
      case 'answer':
        if (verdict.outcome === 'done' || verdict.outcome === 'length') this.#remember(rung);
        return this.#end(verdict.outcome, answer, verdict.failure);
      case 'refused':
        return this.#stepDown(verdict, answer);
      case 'retry':
        return this.#tryAgain(verdict, answer);
    }
  }

  #stepDown(verdict: Extract<Verdict, { kind: 'refused' }>, answer: Answer): Told {
    this.#firstRefusal ??= verdict.failure;
    const next = afterRefusal(verdict.status, verdict.message, { compat: this.#compat, rungs: this.#rungs });
    if (next === null) return this.#end('failed', answer, this.#firstRefusal);
    this.#compat = next.compat;
    this.#rungs = next.rungs;
    return { outcome: 'refused', message: verdict.failure.message, waitMs: 0, reply: null };
  }

  #tryAgain({ as, askedMs, failure: why }: Extract<Verdict, { kind: 'retry' }>, answer: Answer): Told {
    const { retries, timing } = this.#parts;
    this.#failures[as] += 1;
    const most = { transient: retries.attempts, timeout: retries.timeouts, empty: retries.empty }[as];
    if (askedMs !== null && askedMs > retries.longestWaitMs) {
      const message = `${why.message} It asks to wait ${inWords(askedMs)}, longer than the limit of ${inWords(retries.longestWaitMs)}.`;
      return this.#end('failed', answer, { ...why, message });
    }
    if (this.#failures[as] >= most) return this.#end(as === 'timeout' ? 'timeout' : 'failed', answer, why);
    const waitMs = askedMs ?? (as === 'transient' ? backOff(retries, this.#failures[as], timing.random()) : 0);
    const message = waitMs > 0 ? `${why.message} Trying again in ${inWords(waitMs)}.` : `${why.message} Trying again.`;
    return { outcome: why.code, message, waitMs, reply: null };
  }

  /** An answer to a prompt that the server cut without a word is no answer to what was asked. */
  #checkPrompt(verdict: Verdict, { gathered }: AttemptResult): Verdict {
    if (verdict.kind !== 'answer' || verdict.failure !== null || !this.#compat.truncatesSilently) return verdict;
    const sent = plainEstimate(this.#request);
    const read = gathered.usage?.input ?? null;
    if (read === null || sent < smallestSuspect || read >= sent * readAtLeast) return verdict;
    const message = `${this.#parts.endpoint.host} read only ${read} of about ${sent} tokens of the prompt and dropped the rest silently.`;
    return { kind: 'answer', outcome: 'failed', failure: failure('MODEL_PROMPT_TRUNCATED', message) };
  }

  #remember(rung: Rung): void {
    const known = this.#parts.memory.get(this.#place)?.rung ?? null;
    this.#parts.memory.set(this.#place, { compat: this.#compat, rung: rung === 'plain' ? known : rung });
  }

  get #place(): string {
    return `${this.#parts.endpoint.baseUrl} ${this.#parts.endpoint.model}`;
  }

  #end(outcome: ChatOutcome, answer: Answer, why: Failure | null): Told {
    const clean = why === null ? null : { ...why, message: this.#redact(why.message) };
    const reply = (): ChatReply => this.#reply(outcome, answer, clean);
    return {
      outcome: why === null ? outcome : `${outcome}: ${why.code}`,
      message: why?.message ?? '',
      waitMs: 0,
      reply,
    };
  }

  #reply(outcome: ChatOutcome, answer: Answer, why: Failure | null): ChatReply {
    return {
      outcome,
      text: answer.text,
      // A call whose arguments may be cut is not to be acted on.
      toolCalls: outcome === 'done' ? answer.toolCalls : [],
      usage: addUsage(this.#attempts.map(({ usage }) => usage)),
      model: this.#model,
      attempts: this.#attempts,
      failure: why,
    };
  }

  #account({ startedAt, result, rung, usage, told }: Accounted): void {
    const attempted: Attempt = {
      startedAt,
      ms: this.#parts.timing.now() - startedAt,
      outcome: told.outcome,
      status: result.status,
      requestId: result.headers?.get('x-request-id') ?? result.headers?.get('request-id') ?? null,
      rung,
      usage,
      message: this.#redact(told.message),
    };
    this.#attempts.push(attempted);
    this.#options.onAttempt?.(attempted);
  }

  #redact(text: string): string {
    return redact(text, [this.#parts.endpoint.key]);
  }
}

/** What was decided about an attempt, for the account and for what follows. */
interface Told {
  readonly outcome: string;
  readonly message: string;
  readonly waitMs: number;
  /** Null: there will be another attempt. Made late, so that it holds the last attempt as well. */
  readonly reply: (() => ChatReply) | null;
}

interface Accounted {
  readonly startedAt: number;
  readonly result: AttemptResult;
  readonly rung: Rung;
  readonly usage: Usage | null;
  readonly told: Told;
}

/** Below this many tokens every context takes the prompt. */
const smallestSuspect = 1500;
/** Vocabularies differ by a third from the estimate; less than this share is a cut. Ollama cuts at 2048 or 4096. */
const readAtLeast = 0.6;

/** A token has rarely more than eight characters; a server that writes on beyond all of them ignores the limit. */
const longestAnswer = (maxOutputTokens: number): number => maxOutputTokens * 16 + 65_536;

/** Errors before any connection: no server was at work, so nothing was used. */
const neverReached = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  ...hopeless,
];

/** What an attempt used: the server's word, nothing where it refused, else the most it may have used (fail closed). */
function usageOf(
  { ending, gathered }: AttemptResult,
  verdict: Verdict,
  most: { input: number; output: number },
): Usage | null {
  if (gathered.usage !== null) return gathered.usage;
  if (ending.kind === 'refused' || ending.kind === 'alien') return null;
  if (ending.kind === 'error' && !gathered.begun) return null;
  if (ending.kind === 'lost' && neverReached.includes(ending.code)) return null;
  return verdict.kind === 'refused' ? null : reservedUsage(most.input, most.output);
}

function inWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}
