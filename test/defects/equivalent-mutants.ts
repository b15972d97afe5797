// Mutants that no submission can tell from the original, each with the reason. Listing alone is no proof: a mutant counts
// as equivalent only when it also scores a large set of random submissions as the original does.

export interface Equivalent {
  /** Matches the added and removed lines of the mutant's diff. */
  readonly diff: RegExp;
  readonly reason: string;
}

export const equivalents: readonly Equivalent[] = [
  {
    diff: /^\+ *(if|elif) .*(len\(actual\)|actual [<>]=? ?-?\d|np\.isfinite\(actual\)|not relevant|all\(relevant\))/m,
    reason:
      'guards against answers without rows or of unknown kinds: the answers of a package are given, no submission reaches it',
  },
  {
    diff: /^- *(if len\(actual\) == 0|if not relevant)[\s\S]*^- *raise ValueError/m,
    reason:
      'guards against answers without rows or of unknown kinds: the answers of a package are given, no submission reaches it',
  },
  {
    diff: /^\+ *actual, predicted = \(_predictions/m,
    reason: 'the metric is symmetric in predictions and answers',
  },
  {
    diff: /^\+ .*known\.get\(.*, -2\)/m,
    reason: 'any negative position stands for an unknown class',
  },
  {
    diff: /^- *if not isinstance\(submission, pd\.DataFrame\):/m,
    reason: 'a submission is a CSV file that is read into a table: nothing else can arrive',
  },
  {
    diff: /^\+ *found = \[name for name in submission\.columns\]/m,
    reason: 'column names of a CSV file are text',
  },
  {
    diff: /^\+ *if (sorted\(found\) != COLUMNS|found != sorted\(COLUMNS\)):/m,
    reason: 'the expected columns are in alphabetical order already',
  },
  {
    diff: /^\+ .*known\.get\(label, -1\)/m,
    reason: 'classes that are words are text however the file is read',
  },
];

/** Why a mutant cannot be killed; null when no reason is known. */
export function equivalenceOf(diff: string): string | null {
  return equivalents.find((known) => known.diff.test(diff))?.reason ?? null;
}
