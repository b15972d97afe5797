// What a measurement depends on, and the hash of it.
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { Json } from '../../task/canonical-json.ts';
import { hashValue } from '../../task/hashing.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { toolVersion } from '../../task/version.ts';
import { fingerprint } from '../package/dataset-fingerprint.ts';
import type { PackageFiles } from '../package/files.ts';
import type { Memory } from './memory.ts';

/**
 * The inputs of a measurement. It may see more (the whole package is mounted), but what it returns must depend on these
 * alone; a test removes everything else and compares.
 */
export interface Inputs {
  /** Files of the package: paths, folders as `data/**`, or one level of a folder as `baselines/*.py`. */
  readonly files: readonly string[];
  /** Files whose time of change is read, too. */
  readonly times?: readonly string[];
  /** Entries of task.json that are read, or `all` for its text. */
  readonly manifest?: readonly (keyof TaskSpec)[] | 'all';
  /** The raw dataset is read. */
  readonly dataset?: boolean;
  /** Further values that decide, for instance arguments or hashes of other files. */
  readonly values?: Json;
}

/** The whole package and the raw dataset: right for every measurement, and the slowest choice. */
export const everything: Inputs = { files: ['**'], times: ['**'], manifest: 'all', dataset: true };

interface Surroundings {
  readonly files: PackageFiles;
  readonly memory: Memory;
  readonly dataset?: string;
}

/** Hash of the name of a measurement, the code that makes it (`identity`), and its inputs as they are now. */
export async function inputsKey(
  name: string,
  inputs: Inputs,
  identity: string,
  { files, memory, dataset }: Surroundings,
): Promise<string> {
  const matches = matcher(inputs.files);
  const chosen = (await files.list()).filter(matches);
  const hashes = await Promise.all(chosen.map(async (file) => [file, await files.hash(file)] as const));
  const timed = (await files.list()).filter(matcher(inputs.times ?? []));
  const times = await Promise.all(
    timed.map(async (file) => [file, (await lstat(path.join(files.folder, file))).mtimeMs] as const),
  );
  return hashValue({
    name,
    verifier: toolVersion,
    identity,
    files: Object.fromEntries(hashes),
    times: Object.fromEntries(times),
    manifest: await manifestPart(files, inputs.manifest ?? []),
    dataset: inputs.dataset && dataset !== undefined ? await fingerprint(dataset, memory.hashes) : null,
    rawName: inputs.dataset && dataset !== undefined ? path.basename(dataset) : null,
    values: inputs.values ?? null,
  });
}

/** Tells whether a file of the package is among the inputs; records of earlier verifications never are. */
export function matcher(patterns: readonly string[]): (file: string) => boolean {
  const tests = patterns.map((pattern) => {
    const source = pattern
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\*\*|\*/g, (star) => (star === '**' ? '.*' : '[^/]*'));
    return new RegExp(`^${source}$`, 's');
  });
  const recorded = (file: string): boolean => file.startsWith('verification/') || file.startsWith(`${layout.runs}/`);
  return (file) => !recorded(file) && file !== layout.manifest && tests.some((test) => test.test(file));
}

async function manifestPart(files: PackageFiles, wanted: NonNullable<Inputs['manifest']>): Promise<unknown> {
  if (wanted.length === 0) return null;
  const text = await files.text(layout.manifest);
  if (text === null || wanted === 'all') return text;
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data !== 'object' || data === null) return text;
    return Object.fromEntries(Object.entries(data).filter(([entry]) => wanted.some((name) => name === entry)));
  } catch {
    return text;
  }
}
