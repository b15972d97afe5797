// The files of a draft while an agent writes them: in memory, so that repeating what it wrote gives the same files.
import { z } from 'zod';
import { blockTool, callTool, refused, said, type Tool } from '../loop/tool.ts';

/** A generated script or description is far smaller; more than this is a flood. */
const MOST_CHARACTERS = 60_000;

export class DraftFiles {
  readonly #files: Map<string, string>;
  readonly #allowed: readonly string[];
  #version = 0;

  /** `allowed` are the paths that may be written. */
  constructor(allowed: readonly string[], files: Readonly<Record<string, string>> = {}) {
    this.#allowed = allowed;
    this.#files = new Map(Object.entries(files).filter(([file]) => allowed.includes(file)));
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  get(file: string): string | undefined {
    return this.#files.get(file);
  }

  /** Sorted by path. */
  all(): Record<string, string> {
    return Object.fromEntries([...this.#files].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  missing(): readonly string[] {
    return this.#allowed.filter((file) => !this.#files.has(file));
  }

  /** Null when written, else why not. */
  write(file: string, text: string): string | null {
    if (!this.#allowed.includes(file)) {
      return `"${file}" is no file that you write. You write: ${this.#allowed.join(', ')}.`;
    }
    if (text.length > MOST_CHARACTERS)
      return `${file} would have ${text.length} characters; at most ${MOST_CHARACTERS}.`;
    this.#files.set(file, text);
    this.#version += 1;
    return null;
  }
}

/** Tools that read and change the draft. */
export function draftTools(draft: DraftFiles): readonly Tool[] {
  return [writeTool(draft), editTool(draft), readTool(draft)];
}

function writeTool(draft: DraftFiles): Tool {
  return blockTool({
    name: 'file',
    description: 'Writes a whole file: ```file PATH, then the text. What stood there before is replaced.',
    remembered: false,
    run: async (file, text) => {
      const problem = draft.write(file, text);
      return problem === null ? said(`${file} is written, ${text.split('\n').length - 1} lines.`) : refused(problem);
    },
  });
}

function editTool(draft: DraftFiles): Tool {
  return blockTool({
    name: 'edit',
    description:
      'Changes places of a file: ```edit PATH, then one or more hunks of "<<<<<<< SEARCH", the old lines, "=======", the new lines, ">>>>>>> REPLACE". The old lines must occur exactly once.',
    remembered: false,
    run: async (file, text) => {
      const before = draft.get(file);
      if (before === undefined) return refused(`There is no ${file} yet; write it with a file block.`);
      const edited = applyHunks(before, text);
      if (edited.kind === 'refused') return refused(`${file} is unchanged: ${edited.reason}`);
      const problem = draft.write(file, edited.text);
      return problem === null ? said(`${file} is changed in ${edited.hunks} places.`) : refused(problem);
    },
  });
}

function readTool(draft: DraftFiles): Tool {
  return callTool({
    name: 'read_file',
    description: 'Shows a file of the package as it is now.',
    args: z.strictObject({ path: z.string() }),
    remembered: false,
    run: async ({ path: file }) => {
      const text = draft.get(file);
      return text === undefined ? refused(`There is no ${file}.`) : said(`${file}:\n${text}`, file);
    },
  });
}

type Edited =
  | { readonly kind: 'edited'; readonly text: string; readonly hunks: number }
  | { readonly kind: 'refused'; readonly reason: string };

const hunk = /^<{5,9} SEARCH[ \t]*\n([\s\S]*?)^={5,9}[ \t]*\n([\s\S]*?)^>{5,9} REPLACE[ \t]*$/gm;

/** Applies all hunks or none. */
export function applyHunks(before: string, hunks: string): Edited {
  let text = before;
  let count = 0;
  for (const [, old = '', replacement = ''] of hunks.matchAll(hunk)) {
    count += 1;
    if (old === '') return { kind: 'refused', reason: `hunk ${count} names no old lines.` };
    const first = text.indexOf(old);
    if (first < 0)
      return { kind: 'refused', reason: `the old lines of hunk ${count} do not occur; they must match exactly.` };
    if (text.indexOf(old, first + 1) >= 0) {
      return { kind: 'refused', reason: `the old lines of hunk ${count} occur more than once; give more of them.` };
    }
    text = text.slice(0, first) + replacement + text.slice(first + old.length);
  }
  if (count === 0)
    return { kind: 'refused', reason: 'the block holds no hunk "<<<<<<< SEARCH … ======= … >>>>>>> REPLACE".' };
  return { kind: 'edited', text, hunks: count };
}
