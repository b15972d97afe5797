// What a grader makes of the answers themselves: the score that nobody can beat.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { describeFailure } from '../../runtime/outcome.ts';
import type { PythonRuntime } from '../../runtime/port.ts';
import { makeWorkFolder } from '../../runtime/work-folder.ts';
import { cancelled, ForgeError } from '../../task/errors.ts';
import { type Grade, gradeSubmission } from './grade-submission.ts';
import { maskPaths } from './masked-paths.ts';

/**
 * Grades a submission that is made of the private answers. It exists only while it is graded.
 * @throws ForgeError when the answers cannot be read, or as `gradeSubmission` does.
 */
export async function gradeAnswers(
  folder: string,
  options: { readonly runtime: PythonRuntime; readonly signal: AbortSignal },
): Promise<Grade> {
  const work = await makeWorkFolder('answers');
  const host = path.resolve(folder);
  try {
    const outcome = await options.runtime.run(
      {
        name: 'execute.perfect',
        args: {},
        result: z.strictObject({ rows: z.int() }),
        mounts: [
          { name: 'package', host, access: 'read' },
          { name: 'work', host: work, access: 'write' },
        ],
      },
      options.signal,
    );
    if (outcome.kind === 'cancelled') throw cancelled();
    if (outcome.kind !== 'done') {
      const problem = maskPaths(describeFailure(outcome), { package: host, work });
      throw new ForgeError('NO_ANSWERS', `The answers cannot be graded: ${problem}.`, 'Verify the task.');
    }
    return await gradeSubmission(folder, path.join(work, 'submission.csv'), options);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
