// One spelling for one value: sorted keys, so that equal values hash equally and files do not churn.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** Compact JSON with sorted keys; the input of hashes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sortKeys);
}

/** Indented JSON in the author's key order, ending in a newline; the form of files that people read. */
export function prettyJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
