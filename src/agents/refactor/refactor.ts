// The built-in Refactor: brings a draft to the package standard without changing what it means.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { renderReadme } from '../../blueprints/readme.ts';
import { layout } from '../../task/layout.ts';
import type { Refactor } from '../contracts.ts';

/**
 * Adds README.md and the public copy of the description, and gives every text file one newline style. The rest of the
 * standard (rows, hashes, difficulty, leaderboard) is measured, not written, so the pipeline adds it.
 */
export const builtinRefactor: Refactor = async ({ folder, draft }) => {
  const files: Record<string, string> = {};
  const changes: string[] = [];
  for (const [file, text] of Object.entries(draft.files)) {
    const normal = normalized(text);
    if (normal === text) continue;
    files[file] = normal;
    changes.push(`${file}: line ends normalised`);
  }
  const description = files[layout.description] ?? draft.files[layout.description] ?? '';
  const added = { [layout.readme]: renderReadme(draft.manifest), [layout.publicDescription]: normalized(description) };
  for (const [file, text] of Object.entries(added)) {
    if ((await readFile(path.join(folder, file), 'utf8').catch(() => null)) === text) continue;
    files[file] = text;
    changes.push(`${file}: written`);
  }
  return { files, changes };
};

/** "\n" at line ends, none but one at the end, no white space before it, no byte-order mark. */
function normalized(text: string): string {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  return `${lines.join('\n').trimEnd()}\n`;
}
