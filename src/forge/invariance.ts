// A rewrite under test: the scores of fixed submissions before and after the Refactor must agree exactly.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { AgentContext } from '../agents/contracts.ts';
import { describeFailure } from '../runtime/outcome.ts';
import { makeWorkFolder } from '../runtime/work-folder.ts';
import { cancelled } from '../task/errors.ts';
import { sha256 } from '../task/hashing.ts';
import { layout } from '../task/layout.ts';
import { writePackageFiles } from './package-writer.ts';

const scoresSchema = z.record(z.string(), z.number());

/**
 * The files of a refactor that may be taken over. A metric.py that scores the sample, the perfect or a permuted
 * submission differently (or not at all) is left out, and the draft's stays. Data cannot change here, and a metric.py of
 * equal bytes needs no proof.
 */
export async function keepScores(
  folder: string,
  hashes: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
  context: AgentContext,
): Promise<Readonly<Record<string, string>>> {
  const rewritten = files[layout.metric];
  if (rewritten === undefined || sha256(rewritten) === hashes[layout.metric]) return files;
  const before = await scores(folder, path.join(folder, layout.metric), context);
  const aside = await makeWorkFolder('metric');
  try {
    await writePackageFiles(aside, { [layout.metric]: rewritten });
    const after = await scores(folder, path.join(aside, layout.metric), context);
    if (before !== null && JSON.stringify(before) === JSON.stringify(after)) return files;
    context.log.write('warn', 'The rewritten metric.py scores differently; the one of the draft is kept.');
    const { [layout.metric]: _dropped, ...others } = files;
    return others;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function scores(folder: string, metric: string, context: AgentContext): Promise<Record<string, number> | null> {
  const outcome = await context.runtime.run(
    {
      name: 'execute.fixed_scores',
      args: {},
      result: scoresSchema,
      mounts: [
        { name: 'package', host: folder, access: 'read' },
        { name: 'metric', host: metric, access: 'read' },
      ],
    },
    context.signal,
  );
  if (outcome.kind === 'done') return outcome.value;
  if (outcome.kind === 'cancelled') throw cancelled();
  context.log.write('warn', `metric.py does not score the fixed submissions: ${describeFailure(outcome)}`);
  return null;
}
