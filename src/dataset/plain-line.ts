// Dataset text on a terminal: hostile until shown otherwise.

/** One line without control, format or line-separating characters, cut to a width in characters. */
export function plainLine(text: string, width: number): string {
  const safe = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\u00b7');
  const characters = [...safe.slice(0, 2 * width + 2)];
  return characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : safe;
}
