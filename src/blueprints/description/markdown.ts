// Dataset text inside Markdown: it must neither format nor end what surrounds it.

/** Plain text on one line with the marks of Markdown and HTML escaped. */
export function escaped(text: string): string {
  return visible(text).replace(/[\\`*_[\]<>|#~$]/g, '\\$&');
}

/** A sentence whose `code` stays code; everything else is plain text. */
export function prose(text: string): string {
  return visible(text)
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? code(part.slice(1, -1)) : escapedPart(part)))
    .join('')
    .trim();
}

/** Like `escaped`, but keeps the white space at the ends, which separates the part from its neighbours. */
function escapedPart(part: string): string {
  return part.replace(/[\\`*_[\]<>|#~$]/g, '\\$&');
}

/** Text as code, whatever backticks it holds; line breaks and tabs are shown as escapes. */
export function code(text: string): string {
  const line = visible(text);
  if (line === '') return '` `';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  // Markdown takes one space off each end of a span that has one at both.
  const pad = line.startsWith('`') || line.endsWith('`') || (line.startsWith(' ') && line.endsWith(' ')) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** As code inside a table cell, where a bar would end the cell. */
export function cellCode(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One line: characters that break lines or cannot be seen are written as escapes. */
function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (character) => shortEscapes[character] ?? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** Names in a sentence: `a`, `b` and `c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** A fenced block that no line of its content can end. */
export function fenced(language: string, lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map((match) => match[0].length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

/** One CSV line. */
export function csvLine(values: readonly string[]): string {
  return values.map((value) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',');
}
