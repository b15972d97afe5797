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
    diff: /^\+ *(actual, predicted = \(_predictions|return .*_score\(_answers\(answers, name\), predicted\[name\]\))/m,
    reason: 'the metric is symmetric in predictions and answers',
  },
  {
    diff: /^\+.*(\(actual - predicted\) \*\* 2|np\.abs\(actual - predicted\)|\(actual\.mean\(\) - (predicted\.mean\(\)|actual)\) \*\* 2|\(np\.log1p\(actual\) - np\.log1p\(predicted\)\) \*\* 2|np\.abs\(1 - total\[:, 0\]\))/m,
    reason: 'a difference the other way round, of which the square or the size is taken',
  },
  {
    diff: /^\+.*(- t @ p\) \/ np\.sqrt\(spread\)|np\.corrcoef\(pd\.Series\(actual\)\.rank\(\), pd\.Series\(predicted\)|np\.maximum\((1e-15, chosen|np\.finfo\(float\)\.eps, np\.abs\(actual\)|-0\.1 \* error, 0\.9 \* error)\)|min\(K, len\(wanted\)\))/m,
    reason: 'exchanges the arguments of a symmetric function: inner product, correlation, larger or smaller of two',
  },
  {
    diff: /^\+ *for .* in zip\((CLASSES, predicted\.T|predicted, actual), strict=False\)/m,
    reason: 'both sides have one item for each class, or for each row of the answers: the table was aligned before',
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
  {
    diff: /^\+ *if given\.equals\(wanted\):/m,
    reason: 'the answers have each id once, and so has what equals them',
  },
  {
    diff: /^- *if given\.is_unique and given\.equals\(wanted\):\n- *return table\n\+ *pass/m,
    reason: 'a short cut: with the same ids in the same order the search finds each row where it is',
  },
  {
    diff: /^\+ *unknown, missing = \(wanted\[~wanted\.isin\(given\)\], given/m,
    reason: 'exchanges two counts in the words of a refusal, which are left alone: what is refused stays the same',
  },
  {
    diff: /^\+ *_refuse\(np\.abs\(total\[:, 0\] - 1\) >= TOLERANCE/m,
    reason:
      'no sum is off by exactly 0.01: between 0.5 and 2 floats are multiples of 2^-53, and so is their difference to 1, but the float 0.01 is none',
  },
  {
    diff: /^\+ *_refuse\(np\.abs\(total\[:, -1\] - 1\)/m,
    reason: 'the sums are one column, which is the first and the last',
  },
  {
    diff: /^- *if isinstance\(values\.dtype, np\.dtype\) and values\.dtype\.kind in 'iuf':\n(- *return values\.to_numpy\(float\)\n)?\+ *(pass|if values\.dtype\.kind in 'iuf':)/m,
    reason:
      'a short cut for numbers: by way of their text they are the same floats, and read_csv gives them a dtype of numpy',
  },
  {
    diff: /^\+ *return np\.float64\(float\(str\(value\)\)\)/m,
    reason: 'goes into an array of floats',
  },
  {
    diff: /^\+ *return (np\.float64\(float\(np\.sqrt\(np\.mean\(\(predicted - actual\) \*\* 2\)\)\)\)|np\.sqrt\(np\.mean\(\(predicted - actual\) \*\* 2\)\))$/m,
    reason: 'the score of one target goes into a mean, of which a float is made',
  },
  {
    diff: /^\+ *return float\(np\.median\(\[_score\(predicted\[name\], _answers\(answers, name\)\) for name in TARGETS\]\)\)/m,
    reason: 'the median of two targets is their mean',
  },
  {
    diff: /^\+ *order = np\.argsort\(-predicted\)$/m,
    reason: 'rows of equal probability make one step: their order among each other does not count',
  },
  {
    diff: /^\+ .*np\.diff\(predicted\[order\], append=-2\)/m,
    reason: 'marks the last row by a value that no probability has, as -1 does',
  },
  {
    diff: /^\+ .*np\.where\(size == 0, 2, size\)/m,
    reason: 'where it is used the error is 0, whatever divides it',
  },
  {
    diff: /^\+ *return round\(float\(error == 0\), 3\)/m,
    reason: 'rounds 0 or 1',
  },
  {
    diff: /^\+ *gains = (2 \/ np\.log2\(np\.arange\(2, K \+ 2\)\)|1 \/ np\.log2\(np\.arange\(2, K \+ 3\)\))/m,
    reason: 'gains are divided by gains, and only the first K are used',
  },
  {
    diff: /^\+ .*np\.sum\(gains\[:len\(wanted\)\]\)/m,
    reason: 'there are K gains: more cannot be taken',
  },
  {
    diff: /^\+ *return (float\(str\(label\)\)|label)$/m,
    reason:
      'numbers differ as their spellings do; a label that is no number is no class, in this spelling or another (no class here is a word)',
  },
];

/** Why a mutant cannot be killed; null when no reason is known. */
export function equivalenceOf(diff: string): string | null {
  return equivalents.find((known) => known.diff.test(diff))?.reason ?? null;
}
