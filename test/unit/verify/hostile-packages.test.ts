// Packages that attack: each ends as findings within the limits, leaves no process, and the verifier goes on.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPythonRuntime } from '../../../src/runtime/runtime.ts';
import { silentLog, systemClock } from '../../../src/task/ports.ts';
import type { Family, VerificationReport } from '../../../src/verify/contract.ts';
import { verifyTask } from '../../../src/verify/verify.ts';
import { hostileMetrics, hostileSource } from '../../support/hostile-metrics.ts';
import { buildSampleTask, copyTask, type SampleTask } from '../../support/sample-task.ts';
import { listed } from '../../support/verify-task.ts';
import { python } from '../runtime/workshop.ts';

const runtime = createPythonRuntime({ python, isolation: 'required', log: silentLog });
/** A grader has 45 seconds of processor time in the trials and 120 before the panel; nothing may take much longer. */
const LONGEST_MS = 240_000;

let clean: SampleTask;
let task: SampleTask;

before(async () => {
  clean = await buildSampleTask(runtime);
});
after(async () => {
  await runtime.dispose();
  await clean.remove();
});

const verify = (only: readonly Family[]): Promise<VerificationReport> =>
  verifyTask(task.folder, {
    runtime,
    log: silentLog,
    clock: systemClock,
    signal: AbortSignal.timeout(LONGEST_MS),
    dataset: task.dataset,
    only,
  });

/** Processes that still see the package: only inside of a sandbox it is among the mounts. */
async function leftBehind(): Promise<string[]> {
  const sees = (pid: string): boolean => {
    try {
      return readFileSync(`/proc/${pid}/mountinfo`, 'utf8').includes(path.basename(path.dirname(task.folder)));
    } catch {
      return false;
    }
  };
  let found: string[] = [];
  for (let attempt = 0; attempt < 40; attempt += 1) {
    found = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && sees(pid));
    if (found.length === 0) break;
    await sleep(50);
  }
  return found;
}

async function attacked(write: (copy: SampleTask) => Promise<void>, only: readonly Family[]) {
  task = await copyTask(clean);
  try {
    await write(task);
    await task.seal();
    const bytes = await task.read('metric.py');
    const report = await verify(only);
    const told = listed(report.findings);
    assert.equal(report.verdict, 'rejected', told);
    for (const family of only)
      assert.ok(
        report.checks.some(({ code }) => code.startsWith(family)),
        `${family}: ${told}`,
      );
    assert.deepEqual(await leftBehind(), []);
    assert.equal(await task.read('metric.py'), bytes);
    return report;
  } finally {
    await task.remove();
  }
}

describe('a grader that', { skip: process.platform !== 'linux' }, () => {
  for (const metric of hostileMetrics) {
    it(metric.name, async () => {
      const report = await attacked((copy) => copy.write('metric.py', hostileSource(metric)), ['STR', 'MET', 'ADV']);
      const errors = report.findings.filter(
        ({ severity, evidence }) => severity === 'error' && !evidence['incomplete'],
      );
      assert.ok(errors.length > 0, listed(report.findings));
      assert.ok(
        report.findings.every(({ evidence }) => !evidence['incomplete']),
        listed(report.findings),
      );
      if (process.env['SHOW']) console.log(listed(report.findings).slice(0, 1500));
    });
  }
});
