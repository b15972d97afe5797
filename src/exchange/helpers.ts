// Modules that a grader imports from the checkout it lies in. Python would find them from the root of the checkout; here
// only the sources that are named in imports are read, and only from packages (folders with __init__.py) above the task.
import path from 'node:path';
import { boundedText } from './folder.ts';
import { importsIn } from './python-text.ts';

/** A checkout nests a task only so deep. */
const MAX_ASCENT = 6;
const MAX_MODULES = 40;
const MAX_CHARACTERS = 2_000_000;

/** Sources by dotted name, found by following the imports of `source`. A module that is not there is left out. */
export async function helperSources(folder: string, sources: readonly string[]): Promise<Record<string, string>> {
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const queue = sources.flatMap(importsIn);
  let characters = 0;
  for (const name of queue) {
    if (seen.has(name) || found.size >= MAX_MODULES) continue;
    seen.add(name);
    const text = await moduleText(folder, name.split('.'));
    if (text === null || characters + text.length > MAX_CHARACTERS) continue;
    characters += text.length;
    found.set(name, text);
    queue.push(...importsIn(text));
  }
  return Object.fromEntries(found);
}

async function moduleText(folder: string, parts: readonly string[]): Promise<string | null> {
  const [top = ''] = parts;
  let above = path.dirname(folder);
  for (let step = 0; step < MAX_ASCENT && above !== path.dirname(above); step += 1) {
    if ((await boundedText(path.join(above, top, '__init__.py'))) !== null) {
      const base = path.join(above, ...parts);
      return (await boundedText(`${base}.py`)) ?? (await boundedText(path.join(base, '__init__.py')));
    }
    above = path.dirname(above);
  }
  return null;
}
