// Text that comes from datasets is hostile: it may carry markup, instructions or control characters. What passes here is
// one short line of plain words.

const markup = /[`*_#<>[\]{}|\\~$]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const control = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g;
const link = /\b(?:https?|ftp|javascript|data):\S*/gi;

/** One line of at most `most` characters without markup, links or control characters; cut at a word. */
export function plainText(text: string, most: number): string {
  const line = text.replace(control, ' ').replace(link, '').replace(markup, ' ').replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most - 1);
  const space = cut.lastIndexOf(' ');
  return `${space > most / 2 ? cut.slice(0, space) : cut}…`;
}

/** A class or a value inside a sentence: plain, short, and in quotation marks when it holds more than one word. */
export function quotedValue(value: string): string {
  const plain = plainText(value, 40);
  return plain === '' || /\s/.test(plain) ? `“${plain}”` : plain;
}
