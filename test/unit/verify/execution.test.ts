// Family EXE: a ladder measured, and baselines that do not run as they should.
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PackageFiles } from '../../../src/verify/package/files.ts';
import { runBaselines } from '../../../src/verify/runs/baselines.ts';
import { plainPython } from '../../support/plain-python.ts';
import { buildSampleTask, copyTask, type SampleTask } from '../../support/sample-task.ts';
import { listed, verifyOnly } from '../../support/verify-task.ts';

let clean: SampleTask;
before(async () => {
  clean = await buildSampleTask(plainPython);
});
after(() => clean.remove());

interface Fault {
  readonly code: string;
  readonly name: string;
  /** The one baseline that stays. */
  readonly baseline: string;
  plant(task: SampleTask): Promise<void>;
  readonly file: string;
  readonly line?: number;
}

const faults: readonly Fault[] = [
  {
    code: 'EXE001',
    name: 'a baseline fails',
    baseline: 'simple',
    plant: (task) => task.replace('baselines/simple.py', 'train["kind"])', 'train["weight"])'),
    file: 'baselines/simple.py',
    line: 12,
  },
  {
    code: 'EXE001',
    name: 'a baseline writes nothing',
    baseline: 'sample',
    plant: (task) => task.replace('baselines/sample.py', '    shutil', '    return\n    shutil'),
    file: 'baselines/sample.py',
    line: 7,
  },
  {
    code: 'EXE002',
    name: 'a baseline names its column otherwise',
    baseline: 'constant',
    plant: (task) => task.replace('baselines/constant.py', '"kind": train', '"label": train'),
    file: 'baselines/constant.py',
  },
  {
    code: 'EXE002',
    name: 'the metric fails by itself',
    baseline: 'constant',
    plant: (task) => task.replace('metric.py', 'return float(', 'return float(1 / 0 + '),
    file: 'metric.py',
  },
  {
    code: 'EXE003',
    name: 'a baseline draws without a seed',
    baseline: 'strong',
    plant: (task) => task.replace('baselines/strong.py', 'n_estimators=50, random_state=0', 'n_estimators=3'),
    file: 'baselines/strong.py',
    line: 13,
  },
];

describe('execution checks', { concurrency: 2 }, () => {
  it('find nothing in a clean package, and measure its ladder', async () => {
    const task = await copyTask(clean);
    const report = await verifyOnly(task, ['EXE']);
    assert.equal(listed(report.findings), '');
    assert.deepEqual(
      report.ladder.map(({ name }) => name),
      ['sample', 'constant', 'simple', 'strong'],
    );
    for (const { score, ci95, gain } of report.ladder.slice(2)) {
      assert.ok(ci95[0] < score && score < ci95[1]);
      assert.ok(gain !== null && gain.ci95[0] > 0);
    }
    const again = await verifyOnly(task, ['EXE']);
    assert.deepEqual(again, report, 'a second verification says the same');
    await task.remove();
  });

  it('do not believe a recorded run', async () => {
    const task = await copyTask(clean);
    const request = {
      files: new PackageFiles(task.folder),
      runtime: plainPython,
      signal: new AbortController().signal,
    };
    await runBaselines({ ...request, names: ['constant'], reuse: true });
    const run = path.join(task.folder, 'runs/constant');
    const forged = await task.read('data/private/test_answer.csv');
    await writeFile(path.join(run, 'submission.csv'), forged);
    const again = await runBaselines({ ...request, names: ['constant'], reuse: true });
    assert.equal(again[0]?.kind === 'run' && again[0].reused, false, 'the bytes are not those of the record');
    assert.notEqual(await task.read('runs/constant/submission.csv'), forged);
    const reused = await runBaselines({ ...request, names: ['constant'], reuse: true });
    assert.equal(reused[0]?.kind === 'run' && reused[0].reused, true);
    await task.remove();
  });

  for (const fault of faults) {
    it(`${fault.code} tells when ${fault.name}`, async () => {
      const task = await copyTask(clean);
      try {
        // The other baselines only cost time here.
        for (const name of ['sample', 'constant', 'simple', 'strong']) {
          if (name !== fault.baseline) await rm(path.join(task.folder, `baselines/${name}.py`));
        }
        await fault.plant(task);
        const { findings } = await verifyOnly(task, ['EXE']);
        const found = findings.find((f) => f.code === fault.code && f.file === fault.file);
        assert.ok(found, listed(findings));
        assert.equal(found.severity, 'error', listed(findings));
        assert.equal(found.range.start.line + 1, fault.line ?? 1, listed(findings));
      } finally {
        await task.remove();
      }
    });
  }
});
