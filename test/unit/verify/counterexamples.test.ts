// Submissions that show findings: kept as files, never through links, and showing the same fault when they are graded.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createPythonRuntime } from '../../../src/runtime/runtime.ts';
import { ForgeError } from '../../../src/task/errors.ts';
import { silentLog } from '../../../src/task/ports.ts';
import type { VerificationReport } from '../../../src/verify/contract.ts';
import { PackageFiles } from '../../../src/verify/package/files.ts';
import { hashPackageFiles, packageHash } from '../../../src/verify/package/hash.ts';
import { keepRun } from '../../../src/verify/runs/baselines.ts';
import { counterexampleOf, keepCounterexamples } from '../../../src/verify/runs/counterexamples.ts';
import { gradeSubmission } from '../../../src/verify/runs/grade-submission.ts';
import { writeReport } from '../../../src/verify/verify.ts';
import { brisk } from '../../support/brisk-runtime.ts';
import { plainPython } from '../../support/plain-python.ts';
import { buildSampleTask, copyTask, type SampleTask } from '../../support/sample-task.ts';
import { listed, verifyOnly } from '../../support/verify-task.ts';
import { python } from '../runtime/workshop.ts';

describe('counterexamples', () => {
  const outcome = (code: string, content: string | null) => {
    const kept = content === null ? null : counterexampleOf(code, 'All  Empty!', content);
    return { code, status: 'failed', findings: [], ...(kept === null ? {} : { counterexamples: [kept] }) } as const;
  };

  it('are kept as files, and go when their check finds nothing any more', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'kept-'));
    try {
      await keepCounterexamples(folder, [outcome('ADV009', 'id,x\n1,\n'), outcome('MET004', 'id\n')]);
      const kept = path.join(folder, 'verification/counterexamples');
      assert.deepEqual(await readdir(kept), ['ADV009-all-empty.csv', 'MET004-all-empty.csv']);
      await keepCounterexamples(folder, [outcome('ADV009', null)]);
      assert.deepEqual(await readdir(kept), ['MET004-all-empty.csv']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('are not written through a link out of the package, nor when they are too large to open', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'kept-'));
    try {
      const elsewhere = path.join(folder, 'elsewhere');
      await mkdir(elsewhere);
      await writeFile(path.join(elsewhere, 'ADV009-mine.csv'), 'keep me');
      await mkdir(path.join(folder, 'verification'));
      await symlink(elsewhere, path.join(folder, 'verification/counterexamples'));
      await keepCounterexamples(folder, [outcome('ADV009', 'id,x\n1,\n')]);
      assert.deepEqual(await readdir(elsewhere), ['ADV009-mine.csv']);
      assert.equal(counterexampleOf('ADV009', 'x', 'y'.repeat(3_000_000)), null);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** The panel needs the product's own runtime, since graders may write to the output of their process. */
const runtime = brisk(createPythonRuntime({ python, isolation: 'allow-none', log: silentLog }));

/** How `mle-forge grade` ends on a file of the package, in the words of findings. */
async function graded(task: SampleTask, file: string): Promise<string> {
  const options = { runtime, signal: new AbortController().signal };
  try {
    const grade = await gradeSubmission(task.folder, path.join(task.folder, file), options);
    return grade.valid ? `scores ${grade.score}` : `refused: ${grade.error}`;
  } catch (error) {
    assert.ok(error instanceof ForgeError);
    return `fails: ${error.message}`;
  }
}

describe('a kept counterexample, graded again', () => {
  let clean: SampleTask;
  before(async () => {
    clean = await buildSampleTask(plainPython);
  });
  after(async () => {
    await runtime.dispose();
    await clean.remove();
  });

  /** The report on a copy with another grader, and what `grade` says to each kept file, by code. */
  async function shown(metric: string): Promise<{ report: VerificationReport; ends: Map<string, string[]> }> {
    const task = await copyTask(clean);
    try {
      await task.write('metric.py', metric);
      await task.seal();
      const report = await verifyOnly(task, ['MET', 'ADV'], { runtime });
      const ends = new Map<string, string[]>();
      for (const { code, evidence } of report.findings) {
        const file = evidence['counterexample'];
        if (typeof file !== 'string' || !file.startsWith('verification/')) continue;
        assert.match(file, new RegExp(`^verification/counterexamples/${code}-[a-z0-9-]+\\.csv$`));
        assert.ok((await stat(path.join(task.folder, file))).size < 2_000_001);
        ends.set(code, [...(ends.get(code) ?? []), await graded(task, file)]);
      }
      const hash = async () => {
        const files = new PackageFiles(task.folder);
        return packageHash(files, await hashPackageFiles(files));
      };
      assert.equal(await hash(), report.package, 'the kept files are no part of the package');
      return { report, ends };
    } finally {
      await task.remove();
    }
  }

  const grader = (checks: string, score: string): string => `import numpy as np


class InvalidSubmissionError(Exception):
    """Cannot be scored."""


def validate_submission(submission, answers):
    ${checks}


def evaluate(submission, answers):
    validate_submission(submission, answers)
    ${score}
`;
  const byId = `given = dict(zip(submission["id"], submission["kind"]))
    return float(np.mean([given[key] == kind for key, kind in zip(answers["id"], answers["kind"])]))`;

  it('is scored where the grader must refuse it, and breaks the grader where it did', async () => {
    const { report, ends } = await shown(grader('pass', byId));
    const told = `${listed(report.findings)}\n${JSON.stringify([...ends])}`;
    for (const code of ['MET004', 'MET006', 'MET007'])
      assert.ok(
        ends.get(code)?.every((end) => end.startsWith('scores')),
        `${code}: ${told}`,
      );
    for (const code of ['MET008', 'ADV010'])
      assert.ok(
        ends.get(code)?.some((end) => /^fails: .*KeyError/.test(end)),
        `${code}: ${told}`,
      );
  });

  it('scores otherwise than the sample submission where the order of rows must not matter', async () => {
    const position = 'return float(np.mean(submission["kind"].to_numpy() == answers["kind"].to_numpy()))';
    const { report, ends } = await shown(grader('pass', position));
    assert.match(ends.get('MET003')?.[0] ?? '', /^scores/, listed(report.findings));
  });

  it('is refused with words that tell an answer where refusals tell answers', async () => {
    const checks = `if not submission["kind"].isin(["heavy", "light"]).all():
        raise InvalidSubmissionError("The first answer is " + answers["kind"].iloc[0] + answers["kind"].iloc[1])`;
    const { report, ends } = await shown(grader(checks, byId));
    for (const code of ['MET009', 'ADV013'])
      assert.match(ends.get(code)?.[0] ?? '', /^refused: The first answer is /, `${code}: ${listed(report.findings)}`);
  });
});

describe('a package with a link for a folder', () => {
  it('is verified, and nothing is written through the link', async () => {
    const clean = await buildSampleTask(plainPython);
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'elsewhere-'));
    try {
      await symlink(elsewhere, path.join(clean.folder, 'verification'));
      await symlink(elsewhere, path.join(clean.folder, 'runs'));
      const report = await verifyOnly(clean, ['STR', 'REV']);
      assert.ok(report.findings.some(({ code }) => code === 'STR012'));
      await writeReport(clean.folder, report);
      const kept = keepRun(new PackageFiles(clean.folder), 'constant', { content: Buffer.from('id\n'), log: '' });
      await assert.rejects(kept, (error) => error instanceof ForgeError && error.code === 'LINKED_FOLDER');
      assert.deepEqual(await readdir(elsewhere), []);
    } finally {
      await clean.remove();
      await rm(elsewhere, { recursive: true });
    }
  });

  it('has its linked reports replaced, not followed', async () => {
    const clean = await buildSampleTask(plainPython);
    const secret = path.join(path.dirname(clean.folder), 'secret.txt');
    try {
      await writeFile(secret, 'keep me');
      await mkdir(path.join(clean.folder, 'verification'), { recursive: true });
      await symlink(secret, path.join(clean.folder, 'verification/report.json'));
      await writeReport(clean.folder, await verifyOnly(clean, ['REV']));
      assert.match(await clean.read('verification/report.json'), /"verdict"/);
      assert.equal(await clean.read('../secret.txt'), 'keep me');
    } finally {
      await clean.remove();
    }
  });
});
