// Packages that attack: each ends as findings within the limits, leaves no process, and the verifier goes on.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPythonRuntime } from '../../../src/runtime/runtime.ts';
import { hashTree } from '../../../src/task/hashing.ts';
import { silentLog, systemClock } from '../../../src/task/ports.ts';
import type { Family, VerificationReport } from '../../../src/verify/contract.ts';
import { verifyTask } from '../../../src/verify/verify.ts';
import { brisk } from '../../support/brisk-runtime.ts';
import { hostileBodies, hostilePrepare, hostileSolver } from '../../support/hostile-code.ts';
import { hostileMetrics, hostileSource } from '../../support/hostile-metrics.ts';
import { buildSampleTask, copyTask, type SampleTask } from '../../support/sample-task.ts';
import { listed } from '../../support/verify-task.ts';
import { python } from '../runtime/workshop.ts';

const runtime = brisk(createPythonRuntime({ python, isolation: 'required', log: silentLog }));
/** A machine that is shared may be slow; what hangs is ended by processor time, long before this. */
const LONGEST_MS = 240_000;
/** Two jobs that are let compute to their limit of five seconds, and what is measured beside them. */
const MOST_CPU_MS = 16_000;
const linuxOnly = { skip: process.platform !== 'linux' };

let clean: SampleTask;

before(async () => {
  clean = await buildSampleTask(runtime);
});
after(async () => {
  await runtime.dispose();
  await clean.remove();
});

/** Processes that still see the package: only inside of a sandbox it is among the mounts. */
async function leftBehind(task: SampleTask): Promise<string[]> {
  const sees = (pid: string): boolean => {
    try {
      return readFileSync(`/proc/${pid}/mountinfo`, 'utf8').includes(path.basename(path.dirname(task.folder)));
    } catch {
      return false; // It has ended in between.
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

interface Attack {
  /** File that attacks, and its content. */
  readonly file: string;
  readonly content: string;
  readonly only: readonly Family[];
  /** Codes of which at least one must find it. */
  readonly found: RegExp;
}

/** Verifies a copy in which one file attacks, and proves what holds for every attack. */
async function attacked({ file, content, only, found }: Attack): Promise<VerificationReport> {
  const task = await copyTask(clean);
  try {
    await task.write(file, content);
    await task.seal();
    const [raw, spent] = [await hashTree(task.dataset), runtime.spent()];
    const report = await verifyTask(task.folder, {
      runtime,
      log: silentLog,
      clock: systemClock,
      signal: AbortSignal.timeout(LONGEST_MS),
      dataset: task.dataset,
      only,
    });
    const told = listed(report.findings);
    assert.equal(report.verdict, 'rejected', told);
    assert.ok(
      report.findings.some(({ code, severity }) => severity === 'error' && found.test(code)),
      told,
    );
    assert.ok(
      report.findings.every(({ evidence }) => !evidence['incomplete']),
      told,
    );
    // The other families went on: each of their checks has an outcome, and some have passed.
    for (const family of only) {
      const of = report.checks.filter(({ code }) => code.startsWith(family));
      assert.ok(of.length > 0 && of.every(({ reason }) => reason !== 'not reached'), `${family}: ${told}`);
    }
    assert.ok(
      report.checks.some(({ code, status }) => code.startsWith('STR') && status === 'passed'),
      told,
    );
    assert.deepEqual(await leftBehind(task), []);
    assert.equal(await task.read(file), content);
    assert.equal(await hashTree(task.dataset), raw);
    assert.ok(runtime.spent() - spent < MOST_CPU_MS, `${runtime.spent() - spent} ms of processor time`);
    return report;
  } finally {
    await task.remove();
  }
}

describe('a grader that', linuxOnly, () => {
  for (const metric of hostileMetrics) {
    it(metric.name, async () => {
      const content = hostileSource(metric);
      await attacked({ file: 'metric.py', content, only: ['STR', 'MET', 'ADV'], found: /MET|ADV/ });
    });
  }

  it('catches even what stops it is told so', async () => {
    const metric = hostileMetrics.find(({ name }) => name === 'never ends and catches everything');
    assert.ok(metric !== undefined);
    const report = await attacked({
      file: 'metric.py',
      content: hostileSource(metric),
      only: ['STR', 'MET', 'ADV'],
      found: /MET018/,
    });
    for (const code of ['MET018', 'ADV012']) {
      const message = report.findings.find((finding) => finding.code === code)?.message ?? '';
      assert.match(message, /catches even the exception that stops it/);
    }
  });

  it('exits at once keeps no family from its work', async () => {
    const metric = hostileMetrics.find(({ name }) => name === 'exits at once');
    assert.ok(metric !== undefined);
    const only: readonly Family[] = ['STR', 'PRE', 'LEK', 'MET', 'REV', 'ADV', 'SEC'];
    const report = await attacked({ file: 'metric.py', content: hostileSource(metric), only, found: /MET018/ });
    const passed = new Set(
      report.checks.filter(({ status }) => status === 'passed').map(({ code }) => code.slice(0, 3)),
    );
    for (const family of ['STR', 'PRE', 'LEK', 'REV', 'SEC']) assert.ok(passed.has(family), family);
  });
});

describe('a prepare.py that', linuxOnly, () => {
  const outside = '/etc/mle-forge-outside';
  const bodies = [
    ...hostileBodies,
    { name: 'deletes the raw dataset', body: '    import shutil\n    shutil.rmtree(raw)' },
    { name: 'writes to the raw dataset', body: "    (raw / 'stones.csv').write_text('gone')" },
    { name: 'writes outside of its folders', body: `    open('${outside}', 'w').write('x')` },
    { name: 'writes a link out of the package', body: "    (public / 'train.csv').symlink_to('/etc/passwd')" },
  ];
  for (const { name, body } of bodies) {
    it(name, async () => {
      await attacked({ file: 'prepare.py', content: hostilePrepare(body), only: ['STR', 'PRE'], found: /PRE/ });
      assert.ok(!existsSync(outside));
    });
  }
});

describe('a baseline that', linuxOnly, () => {
  const bodies = [
    ...hostileBodies,
    { name: 'looks for the answers', body: "    open(public.parent / 'private' / 'test_answer.csv').read()" },
    {
      name: 'submits a link to the answers',
      body: "    submission.symlink_to('/mnt/package/data/private/test_answer.csv')",
    },
    { name: 'submits a pipe', body: '    import os\n    os.mkfifo(submission)' },
    { name: 'writes to the public data', body: "    (public / 'test.csv').write_text('gone')" },
  ];
  before(async () => {
    // The others only have to be there, and quick.
    const sample = await clean.read('baselines/sample.py');
    for (const name of ['simple', 'strong']) await clean.write(`baselines/${name}.py`, sample);
  });
  for (const { name, body } of bodies) {
    it(name, async () => {
      const file = 'baselines/constant.py';
      await attacked({ file, content: hostileSolver(body), only: ['STR', 'EXE'], found: /EXE/ });
    });
  }
});
