// Web pages beside the data as plain lines: an entry of a list of terms, or a row of a table, on each.

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  ndash: '–',
  mdash: '—',
  deg: '°',
};

/** The text of a page; whoever shows it cleans it as any other text of a dataset. */
export function htmlLines(html: string): readonly string[] {
  return html
    .replace(/\s+/g, ' ')
    .replace(/<(script|style)\b.*?<\/\1>/gi, ' ')
    .replace(/<\/dt>\s*<dd\b[^>]*>/gi, ' : ')
    .replace(/<\/t[dh]>\s*<t[dh]\b[^>]*>/gi, ' | ')
    .replace(/<tr\b[^>]*>\s*<t[dh]\b[^>]*>/gi, '\n| ')
    .replace(/<\/tr>/gi, ' |\n')
    .replace(/<\/?(?:d[tdl]|[uo]l|li|h\d|div|table|body|br)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#\d{1,6}|[a-z]{2,8});/gi, (whole, name: string) => decoded(name) ?? whole)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim());
}

function decoded(name: string): string | undefined {
  if (!name.startsWith('#')) return entities[name.toLowerCase()];
  const code = Number(name.slice(1));
  return code > 31 && code <= 0xffff ? String.fromCharCode(code) : ' ';
}
