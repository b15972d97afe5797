// A language model of an editor that is not there: what it answers is written down, request by request.
import type { EditorLine, LinePart, LineRequest } from '../../src/extension/models/editor-line.ts';

/** Parts in turn; a function is called for its effect (it may hang, or throw) and gives the next part, if any. */
export type LineStep = string | LinePart | ((signal: AbortSignal) => Promise<LinePart | undefined>);

export interface PretendedLine extends EditorLine {
  /** What was asked, in order. */
  readonly requests: LineRequest[];
}

export function pretendedLine(
  answers: readonly (readonly LineStep[])[],
  more: Partial<EditorLine> = {},
): PretendedLine {
  const requests: LineRequest[] = [];
  return {
    vendor: 'acme',
    model: 'big one',
    maxInputTokens: 100_000,
    countTokens: async (text) => Math.ceil(text.length / 4),
    requests,
    async send(request, signal) {
      const steps = answers[requests.push(request) - 1];
      if (steps === undefined) throw new Error(`no answer is written down for request ${requests.length}`);
      return play(steps, signal);
    },
    ...more,
  };
}

async function* play(steps: readonly LineStep[], signal: AbortSignal): AsyncGenerator<LinePart> {
  for (const step of steps) {
    const part = typeof step === 'function' ? await step(signal) : step;
    if (part !== undefined) yield typeof part === 'string' ? { kind: 'text', text: part } : part;
  }
}

/** An error as the editor throws it. */
export function editorError(code: string, said: string): Error {
  return Object.assign(new Error(code, { cause: new Error(said) }), { code });
}

/** Ends with an error. */
export const fails =
  (code: string, said: string): LineStep =>
  () =>
    Promise.reject(editorError(code, said));

/** Never ends, and does not listen. */
export const hangs: LineStep = () => new Promise(() => {});
