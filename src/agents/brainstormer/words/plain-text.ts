// Text that comes from datasets is hostile: it may carry markup, instructions or control characters. What passes here is
// one short line of plain words.

const markup = /[`*_#<>[\]{}|\\~$]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const control = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g;
const link = /\b(?:https?|ftp|javascript|data):\S*/gi;

const LONGEST_VALUE = 40;

/** One line of at most `most` characters without markup, links or control characters; cut at a word. */
export function plainText(text: string, most: number): string {
  const line = text.replace(control, ' ').replace(link, '').replace(markup, ' ').replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most - 1);
  const space = cut.lastIndexOf(' ');
  return `${space > most / 2 ? cut.slice(0, space) : cut}…`;
}

/** `<=` before a number compares; before a letter it could open a tag. */
const comparison = /([<>]=?\s?(?=[\d.$€£+-]))/;

/** A class or a value inside a sentence: plain, short, and in quotation marks when it holds more than one word. */
export function quotedValue(value: string): string {
  const parts = value.slice(0, LONGEST_VALUE).split(comparison);
  const plain = plainText(value, LONGEST_VALUE);
  if (parts.length > 1)
    return `“${parts.map((part, at) => (at % 2 === 0 ? plainText(part, LONGEST_VALUE) : part)).join('')}”`;
  return plain === '' || /\s/.test(plain) ? `“${plain}”` : plain;
}
