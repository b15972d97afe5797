// Fenced blocks in an answer. Code travels in them, never inside JSON strings, where escapes ruin it.

export interface Block {
  /** First word after the fence: `file`, `edit`, `python`, `call`. */
  readonly kind: string;
  /** The rest of that line, for instance a path. */
  readonly argument: string;
  /** Without the fences, ending in a newline unless empty. */
  readonly body: string;
  /** False when the answer ended before the fence was closed: the block is cut off. */
  readonly closed: boolean;
}

/** The text as a `file` block: its fence is longer than any in the text. */
export function fileBlock(file: string, text: string): string {
  const inner = (text.match(/~{3,}/g) ?? []).map((run) => run.length + 1);
  const fence = '~'.repeat(Math.max(LONG_FENCE, ...inner));
  return `${fence}file ${file}\n${text.trimEnd()}\n${fence}`;
}
/** Models answer in fences like those that they read; a description holds shorter ones. */
const LONG_FENCE = 5;

const opening = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`]+)?[ \t]*([^`]*)$/;

/**
 * The blocks of a text, in order. As in CommonMark a fence is closed by one of the same character that is at least as
 * long, so a longer fence may hold shorter ones.
 */
export function fencedBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const [, fence, kind = '', argument = ''] = opening.exec(lines[at] ?? '') ?? [];
    if (fence === undefined) continue;
    const end = lines.findIndex((line, index) => index > at && closes(line, fence));
    const inner = lines.slice(at + 1, end < 0 ? lines.length : end);
    const body = inner.length === 0 ? '' : `${inner.join('\n')}\n`;
    blocks.push({ kind: kind.toLowerCase(), argument: argument.trim(), body, closed: end >= 0 });
    if (end < 0) break;
    at = end;
  }
  return blocks;
}

function closes(line: string, fence: string): boolean {
  const bare = line.trim();
  return bare.length >= fence.length && bare === fence.charAt(0).repeat(bare.length) && !/^ {4}/.test(line);
}
