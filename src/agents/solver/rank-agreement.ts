// Whether two measures put the same things in the same order.

/**
 * Spearman's rank correlation, with average ranks for ties (Spearman 1904); null when it is not defined: fewer than two
 * pairs, or a measure that is the same for all.
 */
export function spearman(pairs: readonly (readonly [number, number])[]): number | null {
  const left = ranks(pairs.map(([value]) => value));
  const right = ranks(pairs.map(([, value]) => value));
  const middle = (pairs.length + 1) / 2;
  let [product, first, second] = [0, 0, 0];
  for (const [index, rank] of left.entries()) {
    const [a, b] = [rank - middle, (right[index] ?? middle) - middle];
    product += a * b;
    first += a * a;
    second += b * b;
  }
  return first === 0 || second === 0 ? null : product / Math.sqrt(first * second);
}

/** Ranks from 1; equal values share the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}
