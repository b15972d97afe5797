// Text of tasks is hostile in reports, too: no markup, no control characters, no characters that turn the reading order.

/** Control, formatting and bidirectional characters made visible; line breaks and tabs become a space. */
export function visible(text: string): string {
  return text.replace(/[\r\n\t\u2028\u2029]+/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** Text as content or quoted attribute of HTML. */
export function html(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Text as inline content of GitHub-flavoured Markdown, also inside a table; nobody is mentioned and nothing is linked. */
export function markdown(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~$]/g, '\\$&')
    .replace(/@(?=\w)/g, '@&#8203;')
    .replace(/\b(https?|ftp|www)(:|\.)/gi, '$1&#8203;$2');
}

/** Text as a code span of Markdown, also inside a table. */
export function markdownCode(text: string): string {
  const shown = visible(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${shown}\`` : `${fence} ${shown} ${fence}`;
}
