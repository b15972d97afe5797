// Measures a second build of the package from its raw dataset: what it wrote, and where that differs.
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { JobOutcome } from '../../runtime/port.ts';
import { makeWorkFolder } from '../../runtime/work-folder.ts';
import { cancelled } from '../../task/errors.ts';
import { layout } from '../../task/layout.ts';
import { remembered } from '../cache/remembered.ts';
import type { CheckContext } from '../check.ts';
import { fingerprint } from '../package/dataset-fingerprint.ts';
import { hashPackageFiles } from '../package/hash.ts';
import { type Prepared, preparedSchema, runPrepare } from '../runs/prepare.ts';

/** Another hash seed and another start of the generators than the pipeline's own build (0). */
const OTHER_SEED = 4242;
// A difference in a larger file is told without its line.
const MAX_COMPARED_BYTES = 50_000_000;
const MAX_DIFFERENCES = 10;
/** Files of the data folders that prepare.py does not write. */
const NOT_PREPARED: readonly string[] = [layout.publicDescription, layout.leaderboard];

const differenceSchema = z.strictObject({
  /** File below `data/`. */
  name: z.string(),
  how: z.enum(['not built', 'not packaged', 'other bytes']),
  /** One-based line of the first difference, where it is known. */
  line: z.int().nullable(),
});

const rebuiltSchema = z.strictObject({
  prepared: preparedSchema,
  /** The raw dataset was written to, by whomever. */
  touched: z.boolean(),
  differences: z.array(differenceSchema),
  /** All differences; the list holds the first few. */
  count: z.int(),
});
export type Rebuilt = z.infer<typeof rebuiltSchema>;

/** prepare.py came to no end of its own: how, and what its mounts are called in messages. */
export interface Unbuilt {
  readonly outcome: Exclude<JobOutcome<Prepared>, { kind: 'done' | 'cancelled' }>;
  readonly touched: boolean;
  readonly mounts: Readonly<Record<string, string>>;
}

/** Builds the task twice into a scratch folder, in a new interpreter, and compares the bytes with the package. */
export async function rebuild(
  context: CheckContext,
  dataset: string,
): Promise<{ kind: 'built'; built: Rebuilt } | { kind: 'unbuilt'; unbuilt: Unbuilt }> {
  let unbuilt: Unbuilt | undefined;
  const build = async (): Promise<Rebuilt> => {
    const outcome = await buildOnce(context, dataset);
    if (!('outcome' in outcome)) return outcome;
    unbuilt = outcome;
    throw new Error('prepare.py does not run');
  };
  const measurement = {
    name: 'preparation.rebuild 1',
    inputs: { files: [layout.prepare, 'data/**'], dataset: true },
    schema: rebuiltSchema,
    lasting: ({ touched }: Rebuilt) => !touched,
  };
  try {
    return { kind: 'built', built: await remembered(context, measurement, build) };
  } catch (error) {
    if (unbuilt === undefined) throw error;
    return { kind: 'unbuilt', unbuilt };
  }
}

async function buildOnce(context: CheckContext, dataset: string): Promise<Rebuilt | Unbuilt> {
  const out = await makeWorkFolder('rebuild');
  try {
    const before = await fingerprint(dataset, context.memory.hashes);
    const request = { script: path.join(context.folder, layout.prepare), dataset, out };
    const outcome = await runPrepare(
      context.runtime,
      { ...request, twice: true, entropy: OTHER_SEED, coldHashSeed: OTHER_SEED },
      context.signal,
    );
    if (outcome.kind === 'cancelled') throw cancelled();
    const touched = (await fingerprint(dataset, context.memory.hashes)) !== before;
    if (outcome.kind !== 'done') return { outcome, touched, mounts: { raw: dataset, out, script: request.script } };
    const differences = await compareWithPackage(context, outcome.value);
    const shown = differences.slice(0, MAX_DIFFERENCES).map(async ({ name, how }) => ({
      name,
      how,
      line: await firstDifference(path.join(context.folder, 'data', name), path.join(out, name)),
    }));
    return { prepared: outcome.value, touched, differences: await Promise.all(shown), count: differences.length };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

async function compareWithPackage(
  context: CheckContext,
  { files }: Prepared,
): Promise<{ name: string; how: 'not built' | 'not packaged' | 'other bytes' }[]> {
  const packaged = new Map<string, string>();
  for (const [file, hash] of await hashPackageFiles(context.files)) {
    if (file.startsWith('data/') && !NOT_PREPARED.includes(file)) packaged.set(file.slice('data/'.length), hash);
  }
  const built = new Map(files.map(({ path: name, sha256 }) => [name, sha256]));
  const differing = [...packaged].flatMap(([name, hash]) =>
    built.get(name) === hash
      ? []
      : [{ name, how: built.has(name) ? ('other bytes' as const) : ('not built' as const) }],
  );
  const unpackaged = [...built.keys()].filter((name) => !packaged.has(name) && !NOT_PREPARED.includes(`data/${name}`));
  return [...differing, ...unpackaged.map((name) => ({ name, how: 'not packaged' as const }))];
}

/** One-based line of the first difference of two text files; null when either is absent or too large to compare. */
async function firstDifference(left: string, right: string): Promise<number | null> {
  try {
    const [a, b] = await Promise.all([stat(left), stat(right)]);
    if (Math.max(a.size, b.size) > MAX_COMPARED_BYTES || !left.endsWith('.csv')) return null;
    const [one, other] = (await Promise.all([readFile(left, 'utf8'), readFile(right, 'utf8')])).map((t) =>
      t.split('\n'),
    );
    const index = (one ?? []).findIndex((line, at) => line !== other?.[at]);
    return index < 0 ? (one?.length ?? 0) + 1 : index + 1;
  } catch {
    return null; // one of the two is absent, which the finding says already
  }
}
