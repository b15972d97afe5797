// The prompts are files that a newcomer can read; here they are found, filled and hashed.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ForgeError } from '../task/errors.ts';
import { sha256 } from '../task/hashing.ts';

export interface Prompt {
  readonly text: string;
  /** Hash of the file before it was filled: the version of the prompt. */
  readonly sha256: string;
}

const placeholder = /\{\{([a-z][a-z_]*)\}\}/g;

/**
 * A prompt with its placeholders filled. Values are put in once and not read for placeholders themselves.
 * @throws Error for a placeholder without a value, or a value without a placeholder: both are bugs.
 * @throws ForgeError of kind `environment` when the installation lacks the file.
 */
export function prompt(name: string, values: Readonly<Record<string, string>> = {}): Prompt {
  const source = sourceOf(name);
  const unused = new Set(Object.keys(values));
  const text = source.replace(placeholder, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`prompts/${name}.md wants a value for ${key}.`);
    unused.delete(key);
    return value;
  });
  if (unused.size > 0) throw new Error(`prompts/${name}.md has no place for ${[...unused].join(', ')}.`);
  return { text, sha256: sha256(source) };
}

/** Hash over all prompts: a run that is resumed under other prompts asks again. */
export function promptsVersion(): string {
  const names = readdirSync(folder())
    .filter((file) => file.endsWith('.md'))
    .sort();
  return sha256(names.map((file) => `${file} ${sha256(sourceOf(file.slice(0, -'.md'.length)))}`).join('\n'));
}

function folder(): string {
  // A CommonJS bundle has no import.meta.dirname, a module has no __dirname; the bundles lie in dist, beside dist/prompts.
  return path.join(import.meta.dirname ?? __dirname, 'prompts');
}

function sourceOf(name: string): string {
  const file = path.join(folder(), `${name}.md`);
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } catch (error) {
    const remedy = 'Install MLE Forge again, or run npm run build.';
    throw new ForgeError('INSTALLATION', `The prompt ${file} is missing.`, remedy, 'environment', error);
  }
}
