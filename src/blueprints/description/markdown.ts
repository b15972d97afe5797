// Dataset text inside Markdown: it must neither format nor end what surrounds it.

/** Plain text on one line with the marks of Markdown and HTML escaped. */
export function escaped(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|#~$]/g, '\\$&');
}

/** Text as code, whatever backticks it holds. */
export function code(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** As code inside a table cell, where a bar would end the cell. */
export function cellCode(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** One CSV line of a submission example. */
export function csvLine(values: readonly string[]): string {
  return values.map((value) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',');
}
