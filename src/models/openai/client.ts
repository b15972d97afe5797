// The OpenAI client, kept from everything it does on its own: retries, time-outs, logs, and headers about this machine.
import { OpenAI } from 'openai';
import { describeError } from '../../task/errors.ts';
import type { Endpoint } from '../endpoint.ts';

/** A request that got no response. `code` is the system's or fetch's own, for instance ECONNREFUSED. */
export class NoResponse extends Error {
  readonly code: string;
  constructor(code: string) {
    // The client takes any message that speaks of a time-out for one and drops the cause, so the code stays apart.
    super('no response');
    this.code = code;
  }
}

/** Headers that leave the machine. The client would add the operating system, the runtime and OPENAI_CUSTOM_HEADERS. */
const sentHeaders = ['accept', 'authorization', 'content-type', 'user-agent'];

export function openAiClient({ baseUrl, key }: Endpoint): OpenAI {
  return new OpenAI({
    apiKey: key ?? 'none',
    baseURL: baseUrl,
    // Null keeps the client from looking into the environment by itself.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    // Own clocks end a call; this one must not come first.
    timeout: 2 ** 31 - 1,
    logLevel: 'off',
    fetch: async (url, init) => {
      const headers = new Headers([...new Headers(init?.headers)].filter(([name]) => sentHeaders.includes(name)));
      if (key === null) headers.delete('authorization');
      try {
        // A redirect would carry the data to another host than the one that was shown.
        return await fetch(url, { ...init, headers, redirect: 'manual' });
      } catch (error) {
        throw new NoResponse(errorCode(error));
      }
    },
  });
}

/** The innermost code of a failed fetch, else its innermost words. */
export function errorCode(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause !== undefined && !(innermost instanceof NoResponse)) {
    innermost = innermost.cause;
  }
  if (innermost instanceof NoResponse) return innermost.code;
  if (innermost instanceof Error && 'code' in innermost && typeof innermost.code === 'string') return innermost.code;
  return describeError(innermost);
}
