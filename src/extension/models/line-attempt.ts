// One request to a model of the editor, to its end. Never throws for what the model or the editor does.
import { type ClockLimits, type ClockPhase, Watchdog } from '../../models/clocks.ts';
import type { EditorLine, LinePart, LineRequest } from './editor-line.ts';

export type LineEnding =
  | { readonly kind: 'answered' }
  /** More text than was allowed: the editor takes no limit on the answer. */
  | { readonly kind: 'overlong' }
  | { readonly kind: 'timeout'; readonly phase: ClockPhase }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'error'; readonly error: unknown };

export interface LineResult {
  readonly ending: LineEnding;
  /** What had come until then. */
  readonly parts: readonly LinePart[];
}

export interface LineOptions {
  readonly signal: AbortSignal;
  readonly clocks: ClockLimits;
  readonly onText: ((delta: string) => void) | undefined;
  /** Characters after which the answer is cut off. */
  readonly longestAnswer: number;
}

/** Sends the request and gathers its answer. An abort ends it at once, whatever the editor does. */
export async function lineAttempt(line: EditorLine, request: LineRequest, options: LineOptions): Promise<LineResult> {
  const parts: LinePart[] = [];
  const wire = new AbortController();
  const read = async (watchdog: Watchdog): Promise<LineEnding> => {
    let length = 0;
    for await (const part of await line.send(request, wire.signal)) {
      if (wire.signal.aborted) break; // What comes late is not heard.
      parts.push(part);
      if (part.kind === 'text') {
        options.onText?.(part.text);
        length += part.text.length;
      }
      if (length > options.longestAnswer) return { kind: 'overlong' };
      watchdog.alive(true, false);
    }
    return { kind: 'answered' };
  };
  const ending = await new Promise<LineEnding>((settle) => {
    const watchdog = new Watchdog(options.clocks, (phase) => finish({ kind: 'timeout', phase }));
    const onAbort = (): void => finish({ kind: 'cancelled' });
    const finish = (how: LineEnding): void => {
      watchdog.stop();
      options.signal.removeEventListener('abort', onAbort);
      settle(how);
      wire.abort();
    };
    options.signal.addEventListener('abort', onAbort, { once: true });
    if (options.signal.aborted) onAbort();
    else read(watchdog).then(finish, (error: unknown) => finish({ kind: 'error', error }));
  });
  return { ending, parts: [...parts] };
}
