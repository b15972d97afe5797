// Small datasets made up for these tests, and the whole path over them: profile, judgement, brainstorm.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { builtinBrainstormer } from '../../../src/agents/brainstormer/brainstorm.ts';
import type { BrainstormOutput } from '../../../src/agents/contracts.ts';
import type { Formulation } from '../../../src/blueprints/formulation.ts';
import { judgeTables } from '../../../src/dataset/judge-table.ts';
import { profileDataset } from '../../../src/dataset/profile-dataset.ts';
import { silentLog } from '../../../src/task/ports.ts';
import { residentPython } from '../../support/resident-python.ts';

const runtime = residentPython();
after(() => runtime.dispose());

export type Row = readonly (string | number)[];

/** Numbers in [0, 1) that are the same in every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** `rows` rows made by a function of the row number and a random source. */
export function table(rows: number, row: (at: number, random: () => number) => Row): readonly Row[] {
  const random = randomNumbers(7);
  return Array.from({ length: rows }, (_, at) => row(at, random));
}

/** Runs the whole path over files given by name; a table is its header and its rows. */
export async function brainstorm(
  files: Readonly<Record<string, string | readonly Row[]>>,
): Promise<BrainstormOutput<Formulation>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forge-brainstorm-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const text = typeof content === 'string' ? content : `${content.map((row) => row.join(',')).join('\n')}\n`;
      await writeFile(path.join(folder, name), text);
    }
    const { signal } = new AbortController();
    const profile = await profileDataset(folder, { runtime, log: silentLog, signal });
    return await builtinBrainstormer(
      { dataset: folder, profile, judgements: judgeTables(profile), seed: 0, limit: 8, earlier: [] },
      { runtime, log: silentLog, signal },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The formulation that predicts the column, or an error that lists what there is. */
export function taskOn(output: BrainstormOutput<Formulation>, column: string): Formulation {
  const found = output.formulations.find((item) => item.target.columns.some((target) => target.from === column));
  if (found === undefined) throw new Error(`no task on ${column}: ${JSON.stringify(output.dropped)}`);
  return found;
}

/** The reason why a column was excluded; empty when it was not. */
export function exclusion(task: Formulation, column: string): string {
  return task.features.excluded.find((item) => item.column === column)?.reason ?? '';
}
