// Runs baselines, grades them, and writes what happens line by line: for a terminal and for the Testing view.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { makeWorkFolder } from '../../runtime/work-folder.ts';
import type { BaselineName } from '../../task/layout.ts';
import { layout } from '../../task/layout.ts';
import { readTask } from '../../task/package.ts';
import { PackageFiles } from '../../verify/package/files.ts';
import { type BaselineRun, gradeBaselines, runBaselines } from '../../verify/runs/baselines.ts';
import type { Graded } from '../../verify/runs/grade.ts';
import type { App } from '../app.ts';
import { figure } from '../grading/score-text.ts';
import { readSettings } from '../settings.ts';
import { followFile } from './follow-file.ts';

export interface Climb {
  /** All that the task has when absent. */
  readonly names?: readonly BaselineName[];
  readonly write: (text: string) => void;
  readonly onStart?: (name: BaselineName) => void;
  readonly signal: AbortSignal;
}

export interface Climbed {
  readonly runs: readonly BaselineRun[];
  readonly grades: Readonly<Record<string, Graded>>;
}

/** @throws ForgeError when cancelled, or when the task cannot be read. A baseline that fails is a value. */
export async function climbLadder(
  app: App,
  folder: string,
  { names, write, onStart, signal }: Climb,
): Promise<Climbed> {
  const logs = await makeWorkFolder('logs');
  let stop: (() => Promise<void>) | undefined;
  try {
    const scope = vscode.Uri.file(folder);
    const request = {
      files: new PackageFiles(folder),
      runtime: await app.runtimes.runtimeFor(scope, readSettings(scope), signal),
      signal,
      reuse: false,
      ...(names === undefined ? {} : { names }),
      started: (name: BaselineName): string => {
        write(`${name}\n`);
        onStart?.(name);
        const log = path.join(logs, `${name}.txt`);
        stop = followFile(log, write);
        return log;
      },
      ended: async (run: BaselineRun): Promise<void> => {
        await stop?.();
        const seconds = (run.ms / 1000).toFixed(1);
        write(
          run.kind === 'run' ? vscode.l10n.t('{0}: done in {1} s', run.name, seconds) : `${run.name}: ${run.reason}`,
        );
        write('\n\n');
      },
    };
    const spec = await readTask(folder);
    const runs = await runBaselines(request);
    const { grades, ladder } = await gradeBaselines(request, runs, spec);
    for (const { name, score, ci95 } of ladder) {
      const [low, high] = ci95;
      write(`${name.padEnd(10)} ${figure(score)}  (${figure(low)} to ${figure(high)})\n`);
      const grade = { valid: true, score, ci95, direction: spec.metric.direction } as const;
      app.grades.add({ task: folder, what: path.join(folder, layout.runs, name, 'submission.csv'), grade });
    }
    for (const { name } of runs) {
      const grade = grades[name];
      if (grade !== undefined && grade.kind !== 'valid') write(`${name}: ${grade.message}\n`);
    }
    return { runs, grades };
  } finally {
    await stop?.();
    await rm(logs, { recursive: true, force: true });
  }
}
