// Verification after a save: what is measured again, what is not, and that the report is the same as a fresh one.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { PythonJob, PythonRuntime } from '../../../src/runtime/port.ts';
import { listFiles } from '../../../src/task/hashing.ts';
import { silentLog, systemClock } from '../../../src/task/ports.ts';
import type { TaskSpec } from '../../../src/task/spec.ts';
import { type Inputs, matcher } from '../../../src/verify/cache/inputs.ts';
import { createMemory, type Memory } from '../../../src/verify/cache/memory.ts';
import type { CheckContext } from '../../../src/verify/check.ts';
import type { Family, VerificationReport } from '../../../src/verify/contract.ts';
import { leakageInputs, leakageJob } from '../../../src/verify/leakage/probe.ts';
import { metricTrials, trialInputs } from '../../../src/verify/metric/probe.ts';
import { reviewInputs, reviewJob } from '../../../src/verify/review/probe.ts';
import {
  statisticsInputs,
  statisticsJob,
  tableInputs,
  tableStatisticsJob,
} from '../../../src/verify/statistics/probe.ts';
import { verifyTask } from '../../../src/verify/verify.ts';
import { residentPython } from '../../support/resident-python.ts';
import { buildSampleTask, copyTask, type SampleTask } from '../../support/sample-task.ts';

const python = residentPython();
let clean: SampleTask;
before(async () => {
  clean = await buildSampleTask(python);
});
after(async () => {
  await clean.remove();
  await python.dispose();
});

/** Runs jobs and notes their names. */
function counting(onRun: () => Promise<void> = async () => {}): PythonRuntime & { names: string[] } {
  const names: string[] = [];
  return {
    names,
    run: async (job, signal) => {
      names.push(job.name);
      const outcome = await python.run(job, signal);
      await onRun();
      return outcome;
    },
    identity: async () => 'this environment',
    dispose: async () => {},
  };
}

function verify(
  task: SampleTask,
  runtime: PythonRuntime,
  memory: Memory | undefined,
  only: readonly Family[],
): Promise<VerificationReport> {
  const signal = new AbortController().signal;
  const { folder, dataset } = task;
  const remembering = memory === undefined ? {} : { memory };
  return verifyTask(folder, { runtime, log: silentLog, clock: systemClock, signal, dataset, only, ...remembering });
}

describe('a second verification', () => {
  it('measures nothing, and says the same byte for byte', async () => {
    const task = await copyTask(clean);
    const runtime = counting();
    const memory = createMemory();
    const only = ['STR', 'PRE', 'LEK', 'MET'] as const;
    const first = await verify(task, runtime, memory, only);
    const measured = runtime.names.length;
    const second = await verify(task, runtime, memory, only);
    assert.equal(runtime.names.length, measured, runtime.names.slice(measured).join());
    assert.equal(JSON.stringify(second), JSON.stringify(first));
    await task.remove();
  });

  it('tries and grades again after a save of metric.py, and runs no baseline', async () => {
    const task = await copyTask(clean);
    const runtime = counting();
    const memory = createMemory();
    await verify(task, runtime, memory, ['STR', 'MET', 'EXE']);
    runtime.names.length = 0;
    await task.replace('metric.py', 'return float(', 'return 0.5 + 0.5 * float(');
    const saved = await verify(task, runtime, memory, ['STR', 'MET', 'EXE']);
    const trials = ['probes.metric_contract', 'probes.metric_contract'];
    assert.deepEqual(runtime.names.sort(), ['execute.grade', ...trials, 'probes.structure']);
    assert.ok(saved.findings.some(({ code }) => code.startsWith('MET')));
    assert.ok(saved.ladder.every(({ score }) => score >= 0.5));
    await task.remove();
  });

  it('asks the cheating solvers once, and finds with their old submissions what new ones would show', async () => {
    const task = await copyTask(clean);
    const runtime = counting();
    const memory = createMemory();
    await verify(task, runtime, memory, ['ADV']);
    const saves = [
      ['return float(', 'return 0.5 + 0.5 * float('],
      ['raise InvalidSubmissionError', 'return 1.0  # raise InvalidSubmissionError'],
    ] as const;
    for (const [before, now] of saves) {
      runtime.names.length = 0;
      await task.replace('metric.py', before, now);
      const saved = await verify(task, runtime, memory, ['ADV']);
      assert.ok(runtime.names.includes('execute.panel') && !runtime.names.includes('execute.cheat'));
      const fresh = await verify(task, runtime, undefined, ['ADV']);
      assert.equal(JSON.stringify(saved), JSON.stringify(fresh));
    }
    runtime.names.length = 0;
    await task.write(
      'data/public/train.csv',
      `${await task.read('data/public/train.csv')}`.replace(/\n[^\n]*\n$/, '\n'),
    );
    await verify(task, runtime, memory, ['ADV']);
    assert.ok(runtime.names.includes('execute.cheat'), 'other public data are other submissions');
    await task.remove();
  });

  it('runs again only the baseline that was saved, and keeps every run in the package', async () => {
    const task = await copyTask(clean);
    const runtime = counting();
    const memory = createMemory();
    const first = await verify(task, runtime, memory, ['EXE']);
    await rm(path.join(task.folder, 'runs'), { recursive: true });
    runtime.names.length = 0;
    await task.write('baselines/constant.py', `${await task.read('baselines/constant.py')}# saved\n`);
    const second = await verify(task, runtime, memory, ['EXE']);
    assert.deepEqual(runtime.names, ['execute.solve', 'execute.solve'], 'once, and once more to compare');
    assert.deepEqual(second.ladder, first.ladder);
    assert.ok((await listFiles(task.folder)).includes('runs/strong/submission.csv'));
    await task.remove();
  });

  it('moves the findings of a remembered measurement to where the text is now', async () => {
    const task = await copyTask(clean);
    const runtime = counting();
    const memory = createMemory();
    await task.editManifest((manifest) => {
      manifest.rows.train += 1;
    });
    const lineOf = async () => {
      const { findings } = await verify(task, runtime, memory, ['PRE']);
      return findings.find(({ file }) => file === 'task.json')?.range.start.line ?? -1;
    };
    const before = await lineOf();
    assert.ok(before > 0);
    runtime.names.length = 0;
    await task.write('task.json', `\n\n${await task.read('task.json')}`);
    assert.equal(await lineOf(), before + 2);
    assert.deepEqual(runtime.names, []);
    await task.remove();
  });

  it('does not keep what was measured while the files changed', async () => {
    const task = await copyTask(clean);
    const memory = createMemory();
    const honest = await task.read('metric.py');
    const saving = counting(() => task.write('metric.py', `${honest}# saved meanwhile\n`));
    await verify(task, saving, memory, ['MET']);
    await task.write('metric.py', honest);
    const runtime = counting();
    await verify(task, runtime, memory, ['MET']);
    assert.deepEqual(runtime.names, ['probes.metric_contract', 'probes.metric_contract'], 'both parts');
    await task.remove();
  });

  it('remembers nothing of a runtime that does not say what it is, or in another environment', async () => {
    const memory = createMemory();
    const runtime = counting();
    await verify(clean, runtime, memory, ['LEK']);
    const { identity: _, ...nameless } = counting();
    await verify(clean, nameless, memory, ['LEK']);
    assert.equal(nameless.names.length, 1);
    const updated = { ...counting(), identity: async () => 'the environment after an update' };
    await verify(clean, updated, memory, ['LEK']);
    assert.equal(updated.names.length, 1);
  });
});

describe('a measurement', () => {
  const context = (folder: string) => ({ folder }) as CheckContext;
  const cases: readonly (readonly [string, (folder: string) => PythonJob<object>, Inputs])[] = [
    ['of leaks', (folder) => leakageJob(context(folder)), leakageInputs],
    ['of the metric', (folder) => metricTrials(context(folder)), trialInputs],
    ['of what the metric scores', (folder) => metricTrials(context(folder), 'figures'), trialInputs],
    ['of the description', (folder) => reviewJob(context(folder)), reviewInputs],
    ['of the tables', (folder) => tableStatisticsJob(context(folder)), tableInputs],
    [
      'of what a score rests on',
      (folder) => statisticsJob(context(folder), { metric: { name: 'accuracy' } } as TaskSpec, {}, true),
      statisticsInputs([]),
    ],
  ];
  for (const [name, jobOf, inputs] of cases) {
    it(`${name} depends on nothing but its inputs`, async () => {
      const task = await copyTask(clean);
      const run = async () => {
        const outcome = await python.run(jobOf(task.folder), AbortSignal.timeout(120_000));
        assert.equal(outcome.kind, 'done');
        return outcome.kind === 'done' ? { ...outcome.value, slow: null } : null;
      };
      const whole = await run();
      const needed = matcher(inputs.files);
      for (const file of await listFiles(task.folder))
        if (file !== 'task.json' && !needed(file)) await rm(path.join(task.folder, file));
      const manifest = JSON.parse(await task.read('task.json')) as Record<string, unknown>;
      const kept = Object.entries(manifest).filter(([entry]) => inputs.manifest?.includes(entry as never));
      await task.write('task.json', JSON.stringify(Object.fromEntries(kept)));
      assert.deepEqual(await run(), whole);
      await task.remove();
    });
  }
});
