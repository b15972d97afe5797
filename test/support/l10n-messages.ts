// The messages that the code asks `l10n.t` for, read from the sources: what translators need, and what a test compares.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A call with a literal as its first argument; only such a call can be translated. */
const CALL = /\bl10n\.t\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/g;
const ANY_CALL = /\bl10n\.t\(/g;

export interface Messages {
  /** Sorted, each once. */
  readonly messages: readonly string[];
  /** `file: n` for files with calls whose message is no literal. */
  readonly unreadable: readonly string[];
}

/** Messages of all TypeScript files below a folder. */
export function messagesIn(folder: string): Messages {
  const found = new Set<string>();
  const unreadable: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = readFileSync(file, 'utf8');
    const calls = [...text.matchAll(CALL)];
    for (const [, single, double] of calls) found.add(unescaped(single ?? double ?? ''));
    const others = [...text.matchAll(ANY_CALL)].length - calls.length;
    if (others > 0) unreadable.push(`${path.relative(folder, file)}: ${others}`);
  }
  return { messages: [...found].sort(), unreadable };
}

function unescaped(text: string): string {
  return text.replace(/\\n/g, '\n').replace(/\\(.)/g, '$1');
}
