// Numbers in sentences.

/** About three significant digits, with separators for thousands; always written the same way. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return 'undefined';
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en-US');
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return trimmed(value.toFixed(1));
  if (size >= 0.01 || size === 0) return trimmed(value.toFixed(size >= 1 ? 2 : 3));
  return size >= 0.0001 ? `${Number(value.toPrecision(2))}` : value.toExponential(1);
}

/** A whole number with separators. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** A share as a percentage, one decimal below ten. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value < 10 || (value > 99 && value < 100) ? trimmed(value.toFixed(1)) : value.toFixed(0)} %`;
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}
