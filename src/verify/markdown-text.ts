// A Markdown description as rules read it: places of matches, fenced blocks, tables, and prose without code.
import type { Range } from '../task/findings.ts';
import { rangeOf } from './package/text-places.ts';

export interface Fence {
  /** Lines inside, each with its offset in the document. */
  readonly lines: readonly { readonly text: string; readonly offset: number }[];
}

export interface TableRow {
  readonly cells: readonly string[];
  readonly offset: number;
  readonly text: string;
}

export interface Table {
  readonly header: TableRow;
  readonly rows: readonly TableRow[];
}

const FENCE = /^ {0,3}(```|~~~)/;
const RULE = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;

/** The text of a Markdown file with what its lines are. */
export class MarkdownText {
  readonly text: string;
  readonly fences: readonly Fence[];
  readonly tables: readonly Table[];
  /** The text with code, formulas and links' addresses blanked: as long as the text, so that offsets agree. */
  readonly prose: string;

  constructor(text: string) {
    this.text = text;
    const lines = withOffsets(text);
    this.fences = fencesOf(lines);
    const fenced = new Set(this.fences.flatMap((fence) => fence.lines.map(({ offset }) => offset)));
    this.tables = tablesOf(lines.filter(({ offset }) => !fenced.has(offset)));
    this.prose = blanked(text, this.fences);
  }

  /** Range of `length` characters from `offset`. */
  at(offset: number, length: number): Range {
    return rangeOf(this.text, offset, length);
  }
}

function withOffsets(text: string): { text: string; offset: number }[] {
  let offset = 0;
  return text.split('\n').map((line) => {
    const placed = { text: line.replace(/\r$/, ''), offset };
    offset += line.length + 1;
    return placed;
  });
}

function fencesOf(lines: readonly { text: string; offset: number }[]): Fence[] {
  const fences: Fence[] = [];
  let open: { text: string; offset: number }[] | null = null;
  for (const line of lines) {
    if (FENCE.test(line.text)) {
      if (open !== null) fences.push({ lines: open });
      open = open === null ? [] : null;
    } else open?.push(line);
  }
  return fences;
}

function tablesOf(lines: readonly { text: string; offset: number }[]): Table[] {
  const tables: Table[] = [];
  for (const [index, line] of lines.entries()) {
    const header = lines[index - 1];
    if (header === undefined || !RULE.test(line.text) || !header.text.includes('|')) continue;
    const rows: TableRow[] = [];
    for (let next = index + 1; lines[next]?.text.includes('|'); next += 1) {
      const found = lines[next];
      if (found !== undefined) rows.push(rowOf(found));
    }
    tables.push({ header: rowOf(header), rows });
  }
  return tables;
}

function rowOf({ text, offset }: { text: string; offset: number }): TableRow {
  const inner = text.trim().replace(/^\|/, '').replace(/\|$/, '');
  return { cells: inner.split(/(?<!\\)\|/).map((cell) => cell.trim()), offset, text };
}

function blanked(text: string, fences: readonly Fence[]): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  let prose = text;
  for (const { lines } of fences) {
    for (const { offset, text: line } of lines)
      prose = prose.slice(0, offset) + blank(line) + prose.slice(offset + line.length);
  }
  return prose
    .replace(/\$\$[^$]{1,2000}\$\$/g, blank)
    .replace(/\$[^$\n]{1,300}\$/g, blank)
    .replace(/`[^`\n]{1,300}`/g, blank)
    .replace(/\]\([^)\n]{1,500}\)/g, (link) => `]${blank(link.slice(1))}`);
}

/** A cell as a reader sees it: without code marks, emphasis and escapes. */
export function cellText(cell: string): string {
  return cell
    .replace(/\*\*|`/g, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~$&])/g, '$1')
    .trim();
}
