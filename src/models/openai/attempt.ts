// One request on the wire, to its end: an answer, or the way in which there is none. Never throws for what a server does.
import { OpenAI } from 'openai';
import { describeError } from '../../task/errors.ts';
import { type ClockLimits, type ClockPhase, Watchdog } from '../clocks.ts';
import { errorCode } from './client.ts';
import { Gathered } from './gathered.ts';
import { type BodyEnd, readBody } from './read-body.ts';
import type { WireBody } from './wire.ts';

/** How a request ended. */
export type Ending =
  | BodyEnd
  | { readonly kind: 'refused'; readonly status: number; readonly message: string; readonly code: string }
  /** No response, or not the whole of it. */
  | { readonly kind: 'lost'; readonly code: string }
  | { readonly kind: 'timeout'; readonly phase: ClockPhase }
  | { readonly kind: 'cancelled' };

export interface AttemptResult {
  readonly ending: Ending;
  readonly gathered: Gathered;
  readonly status: number | null;
  readonly headers: Headers | null;
}

export interface AttemptOptions {
  readonly signal: AbortSignal;
  readonly clocks: ClockLimits;
  readonly onText?: ((delta: string) => void) | undefined;
  /** Characters after which a server that ignores the limit on tokens is cut off. */
  readonly longestAnswer: number;
}

/** A refusal may be a whole page; its beginning says what it is. */
const longestMessage = 4000;

/** Sends the request and reads its answer. An abort ends it at once, whatever the wire does. */
export async function attempt(client: OpenAI, body: WireBody, options: AttemptOptions): Promise<AttemptResult> {
  const gathered = new Gathered();
  const wire = new AbortController();
  const head: { status: number | null; headers: Headers | null } = { status: null, headers: null };
  const read = async (watchdog: Watchdog): Promise<Ending> => {
    try {
      const response = await client.chat.completions.create(body, { signal: wire.signal }).asResponse();
      Object.assign(head, { status: response.status, headers: response.headers });
      return await readBody(response, gathered, { ...options, watchdog });
    } catch (error) {
      if (error instanceof OpenAI.APIError && error.status !== undefined) {
        Object.assign(head, { status: error.status, headers: error.headers ?? null });
        return {
          kind: 'refused',
          status: error.status,
          message: refusalText(error).slice(0, longestMessage),
          code: refusalCode(error),
        };
      }
      return { kind: 'lost', code: errorCode(error) };
    }
  };
  const ending = await new Promise<Ending>((settle) => {
    const watchdog = new Watchdog(options.clocks, (phase) => settle({ kind: 'timeout', phase }));
    const onAbort = (): void => finish({ kind: 'cancelled' });
    const finish = (how: Ending): void => {
      watchdog.stop();
      options.signal.removeEventListener('abort', onAbort);
      settle(how);
    };
    options.signal.addEventListener('abort', onAbort, { once: true });
    if (options.signal.aborted) onAbort();
    else read(watchdog).then(finish, (error: unknown) => finish({ kind: 'lost', code: describeError(error) }));
  });
  wire.abort();
  return { ending, gathered, ...head };
}

/** The server's own words. */
function refusalText(error: { message: string; error?: unknown }): string {
  const body = error.error;
  if (typeof body === 'string') return body;
  if (typeof body === 'object' && body !== null) {
    for (const key of ['message', 'detail', 'error']) {
      const value: unknown = Reflect.get(body, key);
      if (typeof value === 'string') return value;
    }
    return JSON.stringify(body);
  }
  return error.message;
}

/** Code and type of the error, for the classification. */
function refusalCode(error: { code?: unknown; type?: unknown }): string {
  return [error.code, error.type].filter((each) => typeof each === 'string').join(' ');
}
