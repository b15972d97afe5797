// A metric and an objective of the task itself: what needs the registry is skipped, everything else is tried.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createPythonRuntime } from '../../../src/runtime/runtime.ts';
import { silentLog } from '../../../src/task/ports.ts';
import { families } from '../../../src/verify/contract.ts';
import { buildOwnMetricTask } from '../../support/own-metric-task.ts';
import { plainPython } from '../../support/plain-python.ts';
import { copyTask, type SampleTask } from '../../support/sample-task.ts';
import { listed, verifyOnly } from '../../support/verify-task.ts';
import { python } from '../runtime/workshop.ts';

/** The product's own runtime: solvers that cheat write to the output of their process, too. */
const runtime = createPythonRuntime({ python, isolation: 'allow-none', log: silentLog });

let clean: SampleTask;
before(async () => {
  clean = await buildOwnMetricTask(plainPython);
});
after(async () => {
  await runtime.dispose();
  await clean.remove();
});

interface Fault {
  readonly code: string;
  readonly name: string;
  plant(task: SampleTask): Promise<void>;
  readonly says: RegExp;
}

const faults: readonly Fault[] = [
  {
    code: 'MET010',
    name: 'the manifest turns a cost round',
    plant: (task) => task.editManifest(({ metric }) => Object.assign(metric, { direction: 'maximize', worst: null })),
    says: /improves as predictions are spoilt/,
  },
  {
    code: 'MET002',
    name: 'a cost that is to be maximized goes beyond its best',
    plant: (task) => task.editManifest(({ metric }) => Object.assign(metric, { direction: 'maximize', worst: null })),
    says: /better than the best, 0/,
  },
  {
    code: 'STR020',
    name: 'the worst cost is no worse than the best in the direction of the manifest',
    plant: (task) => task.editManifest(({ metric }) => Object.assign(metric, { direction: 'maximize' })),
    says: /metric\.worst, 60, is no worse than metric\.best, 0/,
  },
  {
    code: 'MET001',
    name: 'the answers do not reach the best that the manifest declares',
    plant: (task) => task.editManifest(({ metric }) => Object.assign(metric, { best: -10 })),
    says: /do not score the declared best of -10 \(Mean capped cost\): evaluate returns 0/,
  },
  {
    code: 'MET001',
    name: 'the grader charges a fee that nobody can avoid',
    plant: (task) => task.replace('metric.py', 'cost = np.zeros(', 'cost = 2 + np.zeros('),
    says: /do not score the declared best of 0 \(Mean capped cost\): evaluate returns 2/,
  },
  {
    code: 'MET002',
    name: 'the cap of the grader is not that of the manifest',
    plant: (task) => task.replace('metric.py', 'MOST = 60.0', 'MOST = 90.0'),
    says: /worse than the worst, 60/,
  },
  {
    code: 'MET003',
    name: 'the grader compares by position',
    plant: (task) => task.replace('metric.py', '.reindex(answers["id"].astype(str))', ''),
    says: /order of rows or columns changes the score/,
  },
  {
    code: 'MET006',
    name: 'the grader lets missing numbers through',
    plant: (task) => task.replace('metric.py', 'np.isfinite(values) &', 'np.isnan(values) | '),
    says: /must raise InvalidSubmissionError/,
  },
  {
    code: 'STR020',
    name: 'it borrows a name of the registry',
    plant: (task) => task.editManifest(({ metric }) => Object.assign(metric, { label: 'Mean Absolute Error' })),
    says: /may not be called "Mean Absolute Error"/,
  },
  {
    code: 'STR002',
    name: 'nothing says what it computes',
    plant: (task) => task.editManifest(({ metric }) => Reflect.deleteProperty(metric, 'definition')),
    says: /a custom metric needs a definition/,
  },
  {
    code: 'STR002',
    name: 'nothing says what is asked',
    plant: (task) => task.editManifest((spec) => Reflect.deleteProperty(spec, 'objective_definition')),
    says: /the objective other needs an objective_definition/,
  },
  {
    code: 'STR017',
    name: 'the description does not name it',
    plant: (task) => task.replace('description.md', 'mean capped cost', 'custom metric'),
    says: /does not name the metric "Mean capped cost"/,
  },
  {
    code: 'REV013',
    name: 'the description scores by another metric',
    plant: (task) => task.replace('description.md', '## Submission', 'Plans are scored by accuracy.\n\n## Submission'),
    says: /the manifest's metric is Mean capped cost/,
  },
];

describe('a task with a metric of its own', { concurrency: 2 }, () => {
  it('is accepted as a whole, and the checks that need the registry say why they were skipped', async () => {
    const report = await verifyOnly(clean, families, { runtime });
    assert.equal(report.verdict, 'accepted', listed(report.findings));
    const loud = report.findings.filter(({ severity }) => severity !== 'information');
    assert.deepEqual(loud, [], listed(loud));
    const reasons = new Map(report.checks.map(({ code, reason }) => [code, reason]));
    for (const code of ['STR020', 'MET020']) assert.match(reasons.get(code) ?? '', /the metric is the task's own/);
    const tried = report.checks.filter(({ code }) => code.startsWith('MET') && code !== 'MET020');
    assert.deepEqual(new Set(tried.map(({ status }) => status)), new Set(['passed']));
    assert.deepEqual(
      report.ladder.map(({ name }) => name),
      ['sample', 'constant', 'simple', 'strong'],
    );
  });

  it('may say that its score rests on a metric of the registry', async () => {
    const task = await copyTask(clean);
    try {
      const said = 'Plans are scored by the mean absolute error in euros, capped.\n\n## Submission';
      await task.replace('description.md', '## Submission', said);
      await task.editManifest(({ metric }) =>
        Object.assign(metric, { definition: 'The mean absolute error of the plan in euros, at most 60 for a day.' }),
      );
      const { findings } = await verifyOnly(task, ['REV'], { runtime });
      assert.equal(
        findings.find(({ code }) => code === 'REV013'),
        undefined,
        listed(findings),
      );
    } finally {
      await task.remove();
    }
  });

  for (const fault of faults) {
    it(`${fault.code} tells when ${fault.name}`, async () => {
      const task = await copyTask(clean);
      try {
        await fault.plant(task);
        const family = families.find((name) => fault.code.startsWith(name));
        assert.ok(family);
        const { findings } = await verifyOnly(task, [family], { runtime });
        const found = findings.filter(({ code }) => code === fault.code);
        assert.ok(
          found.some(({ message }) => fault.says.test(message)),
          listed(findings),
        );
      } finally {
        await task.remove();
      }
    });
  }
});
