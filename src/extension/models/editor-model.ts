// ChatModel over a language model of the editor. The editor tells neither usage nor why an answer ended: tokens are counted
// with the model's own counter and marked as an estimate, and the clocks are ours.
import { type ClockLimits, usualClocks } from '../../models/clocks.ts';
import { estimateInput, estimateTokens } from '../../models/estimate.ts';
import { type Failure, failure } from '../../models/failures.ts';
import { answerToolName } from '../../models/openai/wire.ts';
import type {
  Attempt,
  ChatModel,
  ChatOptions,
  ChatOutcome,
  ChatReply,
  ChatRequest,
  ToolCall,
  Usage,
} from '../../models/port.ts';
import { backOff, type RetryPolicy, usualRetries } from '../../models/retry.ts';
import { systemTiming, type Timing } from '../../models/timing.ts';
import { addUsage } from '../../models/usage.ts';
import { type EditorLine, editorModelId, type LinePart } from './editor-line.ts';
import { type LineResult, lineAttempt } from './line-attempt.ts';
import { lineFailure } from './line-failures.ts';
import { type LineRung, lineRequest, partText, spokenText } from './line-messages.ts';

export interface EditorModelOptions {
  readonly clocks?: Partial<ClockLimits>;
  readonly retries?: Partial<RetryPolicy>;
  readonly timing?: Timing;
}

/** Code and prose have three to five; a text beyond this many is longer than what was allowed. */
const charactersPerToken = 4;
/** A counter may ask a server; the estimate takes its place after this time. */
const longestCountMs = 3000;

/** A model of the editor. Nothing is sent before the first `chat`. */
export function editorModel(line: EditorLine, options: EditorModelOptions = {}): ChatModel {
  const parts = {
    line,
    clocks: { ...usualClocks, ...options.clocks },
    retries: { ...usualRetries, ...options.retries },
    timing: options.timing ?? systemTiming,
  };
  return {
    id: editorModelId(line),
    endpoint: `${line.vendor}, through the editor`,
    sees: { images: false },
    chat: (request, chatOptions) => new EditorCall(parts, request, chatOptions).run(),
  };
}

interface Parts {
  readonly line: EditorLine;
  readonly clocks: ClockLimits;
  readonly retries: RetryPolicy;
  readonly timing: Timing;
}

interface Answer {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
}

interface Judged {
  readonly outcome: ChatOutcome;
  readonly failure: Failure | null;
  /** Milliseconds until another attempt; null: this was the last one. */
  readonly againMs: number | null;
}

class EditorCall {
  readonly #parts: Parts;
  readonly #request: ChatRequest;
  readonly #options: ChatOptions;
  readonly #attempts: Attempt[] = [];
  #rung: LineRung;
  #failures = 0;
  #slow = 0;

  constructor(parts: Parts, request: ChatRequest, options: ChatOptions) {
    this.#parts = parts;
    this.#request = request;
    this.#options = options;
    this.#rung = request.format === null ? 'plain' : 'tool';
  }

  async run(): Promise<ChatReply> {
    const { line, timing } = this.#parts;
    const { signal } = this.#options;
    const none: Answer = { text: '', toolCalls: [] };
    for (;;) {
      const sent = lineRequest(this.#request, this.#rung);
      const counted = await this.#count(spokenText(sent));
      if (signal.aborted) return this.#reply('cancelled', none, null);
      if (counted > line.maxInputTokens) {
        const said = `The request has about ${counted} tokens; ${line.model} takes ${line.maxInputTokens}.`;
        return this.#reply('failed', none, failure('MODEL_CONTEXT_OVERFLOW', said));
      }
      const most = { input: Math.max(counted, estimateInput(this.#request)), output: this.#request.maxOutputTokens };
      await this.#options.beforeAttempt?.(most);
      const startedAt = timing.now();
      const result = await lineAttempt(line, sent, {
        signal,
        clocks: this.#parts.clocks,
        onText: this.#options.onText,
        longestAnswer: this.#request.maxOutputTokens * charactersPerToken,
      });
      const answer = this.#read(result.parts);
      const rung = this.#rung;
      const judged = this.#judge(result, answer);
      const usage = await this.#usage(result, counted);
      this.#account({ startedAt, rung, usage, judged });
      if (judged.againMs === null) return this.#reply(judged.outcome, answer, judged.failure);
      if (judged.againMs > 0) await timing.sleep(judged.againMs, signal);
    }
  }

  #read(parts: readonly LinePart[]): Answer {
    const { format } = this.#request;
    const text = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('');
    const calls = parts.flatMap((part) => (part.kind === 'call' ? [part] : []));
    const given = format === null ? undefined : calls.find(({ name }) => name === answerToolName(format));
    if (given !== undefined) return { text: JSON.stringify(given.input), toolCalls: [] };
    const toolCalls = calls.map(({ id, name, input }) => ({ id, name, arguments: JSON.stringify(input) }));
    return { text, toolCalls };
  }

  #judge({ ending }: LineResult, { text, toolCalls }: Answer): Judged {
    const { line, retries } = this.#parts;
    switch (ending.kind) {
      case 'cancelled':
        return end('cancelled', null);
      case 'overlong':
        return end('length', null);
      case 'timeout': {
        const why = failure(
          'MODEL_TIMEOUT',
          `${line.model} did not ${ending.phase === 'total' ? 'finish' : 'go on'} in time.`,
        );
        this.#slow += 1;
        return this.#slow < retries.timeouts ? { ...end('timeout', why), againMs: 0 } : end('timeout', why);
      }
      case 'answered': {
        if (text.trim() !== '' || toolCalls.length > 0) return end('done', null);
        const why = failure('MODEL_EMPTY', `${line.model} answered with nothing.`);
        this.#slow += 1;
        return this.#slow < retries.empty ? { ...end('failed', why), againMs: 0 } : end('failed', why);
      }
      case 'error':
        return this.#judgeError(ending.error);
    }
  }

  #judgeError(error: unknown): Judged {
    const { line, retries, timing } = this.#parts;
    const { outcome, failure: why, isTransient, askedMs, isAboutTools } = lineFailure(error, line.model);
    if (this.#rung === 'tool' && isAboutTools && !isTransient) {
      this.#rung = 'prompt';
      return { ...end(outcome, why), againMs: 0 };
    }
    this.#failures += 1;
    const tooLong = askedMs !== null && askedMs > retries.longestWaitMs;
    if (!isTransient || tooLong || this.#failures >= retries.attempts) return end(outcome, why);
    return { ...end(outcome, why), againMs: askedMs ?? backOff(retries, this.#failures, timing.random()) };
  }

  /** Tokens by the model's own counter; our estimate where it fails, is slow, or cannot be true. */
  async #count(text: string): Promise<number> {
    const { line } = this.#parts;
    const patience = new AbortController();
    const late = systemTiming.sleep(longestCountMs, AbortSignal.any([patience.signal, this.#options.signal]));
    const counting = line.countTokens(text).catch(() => null);
    const counted = await Promise.race([counting, late.then(() => null)]);
    patience.abort();
    return counted !== null && Number.isFinite(counted) && counted > 0 ? Math.ceil(counted) : estimateTokens(text);
  }

  /** Null where the editor refused before anything was said. */
  async #usage({ ending, parts }: LineResult, input: number): Promise<Usage | null> {
    if (ending.kind === 'error' && parts.length === 0) return null;
    const said = parts.map(partText).join('');
    const output = said === '' ? 0 : await this.#count(said);
    return { input, cachedInput: 0, output, reasoning: 0, source: 'estimated' };
  }

  #account({
    startedAt,
    rung,
    usage,
    judged,
  }: {
    startedAt: number;
    rung: string;
    usage: Usage | null;
    judged: Judged;
  }): void {
    const attempt: Attempt = {
      startedAt,
      ms: this.#parts.timing.now() - startedAt,
      outcome: judged.failure?.code ?? judged.outcome,
      status: null,
      requestId: null,
      rung,
      usage,
      message: judged.failure?.message ?? '',
    };
    this.#attempts.push(attempt);
    this.#options.onAttempt?.(attempt);
  }

  #reply(outcome: ChatOutcome, { text, toolCalls }: Answer, why: Failure | null): ChatReply {
    const usage = { ...addUsage(this.#attempts.map((attempt) => attempt.usage)), source: 'estimated' as const };
    const attempts = this.#attempts;
    const calls = outcome === 'done' ? toolCalls : [];
    return { outcome, text, toolCalls: calls, usage, model: this.#parts.line.model, attempts, failure: why };
  }
}

function end(outcome: ChatOutcome, why: Failure | null): Judged {
  return { outcome, failure: why, againMs: null };
}
