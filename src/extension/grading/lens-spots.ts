// Where links stand in the files of a task: above the functions that the tool calls, and above the description's title.
import { type BaselineName, layout } from '../../task/layout.ts';
import { baselineOf } from '../../verify/affected.ts';

export type LensSpot =
  | { readonly kind: 'evaluate' | 'validate' | 'prepare' | 'title'; readonly line: number }
  | { readonly kind: 'baseline'; readonly line: number; readonly name: BaselineName };

const functions: Readonly<Record<string, readonly (readonly [string, 'evaluate' | 'validate' | 'prepare'])[]>> = {
  [layout.metric]: [
    ['evaluate', 'evaluate'],
    ['validate_submission', 'validate'],
  ],
  [layout.prepare]: [['prepare', 'prepare']],
};

/** The spots of a file of a task, by zero-based line. */
export function lensSpots(file: string, text: string): LensSpot[] {
  const name = baselineOf(file);
  if (name !== null) return lineOf(text, /^def solve\(/m).map((line) => ({ kind: 'baseline', line, name }));
  if (file === layout.description) return lineOf(text, /^# /m).map((line) => ({ kind: 'title', line }));
  return (functions[file] ?? []).flatMap(([named, kind]) =>
    lineOf(text, new RegExp(`^def ${named}\\(`, 'm')).map((line): LensSpot => ({ kind, line })),
  );
}

function lineOf(text: string, pattern: RegExp): number[] {
  const found = pattern.exec(text);
  return found === null ? [] : [text.slice(0, found.index).split('\n').length - 1];
}
