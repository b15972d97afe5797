// What a repair is: the edits that make one finding go, by a rule and not by a guess.
import type { Finding, Range } from '../../task/findings.ts';
import type { TaskSpec } from '../../task/spec.ts';

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

export interface FileEdit extends TextEdit {
  /** Path relative to the task folder. */
  readonly file: string;
}

export interface Repair {
  /** What it does, as an order: "Refuse faulty ids in validate_submission". */
  readonly title: string;
  /** Whether nobody could want anything else. */
  readonly preferred: boolean;
  readonly edits: readonly FileEdit[];
}

/** The package as a repair may see it: text as it is now, saved or not. */
export interface RepairSource {
  /** Null when task.json does not follow the schema. */
  readonly manifest: TaskSpec | null;
  /** Text of one of the files that `filesFor` names; null when it is absent. */
  text(file: string): string | null;
  /** sha256 of a file of the package as it is on the disk; null when it is absent. */
  hash(file: string): string | null;
}

/** From a finding to its repair; null when the rule does not fit the text. */
export type RepairRule = (finding: Finding, source: RepairSource) => Repair | null;

/** A repair of one file; null when there is nothing to edit. */
export function repairOf(
  title: string,
  preferred: boolean,
  file: string,
  edits: readonly (TextEdit | null)[],
): Repair | null {
  const found = edits.filter((edit) => edit !== null);
  return found.length < edits.length || found.length === 0
    ? null
    : { title, preferred, edits: found.map((edit) => ({ ...edit, file })) };
}

/** The text after some edits that do not overlap. Positions are lines and UTF-16 characters of the text before. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = ({ line, character }: Range['start']): number => (starts[line] ?? text.length) + character;
  return edits
    .toSorted((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (whole, { range, newText }) => whole.slice(0, offset(range.start)) + newText + whole.slice(offset(range.end)),
      text,
    );
}
