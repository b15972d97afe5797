// Numbers in the words of findings.

/** Four significant digits: enough to compare, short enough to read. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
