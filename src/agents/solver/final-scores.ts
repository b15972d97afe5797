// After the work of a solver has ended: its attempts on the real test part, graded beside the baselines.
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PythonRuntime } from '../../runtime/port.ts';
import { makeWorkFolder } from '../../runtime/work-folder.ts';
import type { BaselineName } from '../../task/layout.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import type { PackageFiles } from '../../verify/package/files.ts';
import { runBaselines, submissionFile } from '../../verify/runs/baselines.ts';
import { type Graded, gradeFiles } from '../../verify/runs/grade.ts';
import { runSolver, type Solved } from '../../verify/runs/solver.ts';
import type { Attempt } from './environment.ts';

export interface FinalScores {
  /** The run of the chosen script. */
  readonly final: Solved;
  /** Grades by the number of the attempt; those that gave no submission are absent. */
  readonly attempts: ReadonlyMap<number, Graded>;
  readonly baselines: Readonly<Partial<Record<BaselineName, Graded>>>;
}

interface Room {
  readonly files: PackageFiles;
  readonly manifest: TaskSpec;
  readonly runtime: PythonRuntime;
  readonly signal: AbortSignal;
}

/** Further attempts are run to see whether the order holds; each may take minutes. */
const MOST_ATTEMPTS = 8;
const compared = ['constant', 'strong'] as const;

/** Runs `chosen`, and other scored attempts of the solver, on the public data, and grades all with the same draws. */
export async function finalScores(chosen: Attempt, all: readonly Attempt[], room: Room): Promise<FinalScores> {
  const { files, manifest, runtime, signal } = room;
  const work = await makeWorkFolder('final');
  try {
    const submissions = new Map<string, string>();
    let final: Solved | null = null;
    for (const attempt of ordered(chosen, all)) {
      const script = `attempt-${attempt.number}.py`;
      await writeFile(path.join(work, script), attempt.script);
      const publicData = path.join(files.folder, layout.publicData);
      const solved = await runSolver(runtime, work, script, signal, { publicData });
      final ??= solved;
      if (solved.kind === 'failed') continue;
      const file = path.join(work, `attempt-${attempt.number}.csv`);
      await writeFile(file, solved.content);
      submissions.set(`attempt_${attempt.number}`, file);
    }
    if (final === null) throw new Error('the chosen attempt is always run');
    for (const run of await runBaselines({ files, runtime, signal, names: compared, reuse: true }))
      if (run.kind === 'run') submissions.set(run.name, submissionFile(files.folder, run.name));
    const grades = await gradeFiles(runtime, files.folder, submissions, manifest.rows.test, signal);
    const attempts = all.flatMap(({ number }) => {
      const grade = grades[`attempt_${number}`];
      return grade === undefined ? [] : [[number, grade] as const];
    });
    const baselines = Object.fromEntries(
      compared.flatMap((name) => (grades[name] === undefined ? [] : [[name, grades[name]]])),
    );
    return { final, attempts: new Map(attempts), baselines };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The chosen attempt first, then the latest others with a score and another script. */
function ordered(chosen: Attempt, all: readonly Attempt[]): Attempt[] {
  const seen = new Set([chosen.script]);
  const others = all.toReversed().filter(({ result, script }) => {
    if (result.kind !== 'scored' || seen.has(script)) return false;
    seen.add(script);
    return true;
  });
  return [chosen, ...others].slice(0, MOST_ATTEMPTS);
}
