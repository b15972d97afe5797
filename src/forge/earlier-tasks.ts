// Tasks of the same dataset that lie in the output folder already: a new one should ask something else.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { EarlierTask } from '../agents/contracts.ts';
import { readTask } from '../task/package.ts';
import type { Run } from './run.ts';

const earlierSchema = z.array(
  z.strictObject({
    id: z.string(),
    title: z.string(),
    objective: z.string(),
    target: z.array(z.string()),
    metric: z.string(),
  }),
);

/** As they were when the run began: what it publishes itself is no reason to change its mind when it is resumed. */
export async function earlierTasks(run: Run, out: string, sha256: string): Promise<readonly EarlierTask[]> {
  const work = () => tasksOf(out, sha256);
  return (await run.memo({ name: 'earlier', inputs: {}, result: earlierSchema, work })).value;
}

async function tasksOf(out: string, sha256: string): Promise<z.infer<typeof earlierSchema>> {
  const found: z.infer<typeof earlierSchema> = [];
  for (const entry of await readdir(out, { withFileTypes: true }).catch(() => [])) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const spec = await readTask(path.join(out, entry.name)).catch(() => null);
    if (spec?.dataset.sha256 !== sha256) continue;
    const { id, title, objective, target, metric } = spec;
    found.push({ id, title, objective, target: target.columns, metric: metric.name });
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}
