// The engine: what becomes of checks that cannot run, of suppressions, and of reports.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { PythonRuntime } from '../../../src/runtime/port.ts';
import { silentLog, systemClock } from '../../../src/task/ports.ts';
import { catalogue } from '../../../src/verify/catalogue.ts';
import { reportSchema } from '../../../src/verify/contract.ts';
import { locateJson } from '../../../src/verify/package/json-places.ts';
import { verifyTask, writeReport } from '../../../src/verify/verify.ts';
import { plainPython } from '../../support/plain-python.ts';
import { buildSampleTask, copyTask, type SampleTask } from '../../support/sample-task.ts';
import { verifyOnly } from '../../support/verify-task.ts';

let clean: SampleTask;
before(async () => {
  clean = await buildSampleTask(plainPython);
});
after(() => clean.remove());

const crashing: PythonRuntime = {
  run: async () => ({
    kind: 'crashed',
    reason: 'the worker died',
    log: '',
    usage: { wallMs: 0, cpuMs: 0, peakBytes: 0 },
  }),
  dispose: async () => {},
};

describe('the engine', () => {
  it('has one row per code, in order within a family, with every text filled in', () => {
    const codes = catalogue.map(({ code }) => code);
    assert.equal(new Set(codes).size, codes.length);
    for (const { code, family, title, why, measured, remedy } of catalogue) {
      assert.ok(code.startsWith(family), code);
      for (const text of [title, why, measured, remedy]) assert.match(text, /\.$/, `${code}: ${text}`);
    }
  });

  it('does not accept a task on checks that could not be completed', async () => {
    const signal = new AbortController().signal;
    const options = { runtime: crashing, log: silentLog, clock: systemClock, signal, only: ['STR' as const] };
    const report = await verifyTask(clean.folder, options);
    assert.equal(report.verdict, 'rejected');
    const incomplete = report.findings.filter(({ evidence }) => evidence['incomplete'] === true);
    assert.ok(incomplete.some(({ code, message }) => code === 'STR004' && /the worker died/.test(message)));
    assert.equal(report.checks.find(({ code }) => code === 'STR001')?.status, 'passed', 'the others go on');
  });

  it('begins the trials of metric.py before the structure is known, and gives them up when the structure forbids them', async () => {
    const task = await copyTask(clean);
    await rm(path.join(task.folder, 'data/private/test_answer.csv'));
    const asked: string[] = [];
    let trials: 'running' | 'cancelled' | undefined;
    const hanging: PythonRuntime = {
      run: async (job, signal) => {
        asked.push(job.name);
        if (job.name !== 'probes.metric_contract') return plainPython.run(job, signal);
        trials = 'running';
        await new Promise<void>((end) => signal.addEventListener('abort', () => end(), { once: true }));
        trials = 'cancelled';
        return { kind: 'cancelled' };
      },
      dispose: async () => {},
    };
    const { checks } = await verifyOnly(task, ['STR', 'MET'], { runtime: hanging });
    assert.equal(asked[0], 'probes.metric_contract');
    assert.equal(trials, 'cancelled', 'nothing goes on behind the back of the caller');
    const met = checks.filter(({ code }) => code.startsWith('MET'));
    assert.ok(met.length > 0 && met.every(({ status }) => status === 'skipped'));
    await task.remove();
  });

  it('skips what a broken manifest leaves nothing for, and says why', async () => {
    const task = await copyTask(clean);
    await task.write('task.json', '{}');
    const { checks, verdict } = await verifyOnly(task, ['STR', 'PRE', 'EXE']);
    assert.equal(verdict, 'rejected');
    for (const check of checks.filter(({ code }) => /^(PRE|EXE)/.test(code))) {
      assert.equal(check.status, 'skipped');
      assert.match(check.reason ?? '', /STR002/);
    }
    await task.remove();
  });

  it('shows a suppressed finding with its reason, and accepts the task', async () => {
    const task = await copyTask(clean);
    await task.write('data/public/notes.txt', 'kept on purpose');
    await task.replace('description.md', '## Submission', 'See `notes.txt`.\n\n## Submission');
    await task.write('data/public/description.md', await task.read('description.md'));
    await task.seal();
    await task.write('data/public/more.txt', 'not declared');
    await task.editManifest((manifest) => {
      const reason = 'Agreed with the owner of the data.';
      manifest.suppressions.push({ code: 'STR013', file: 'data/public/more.txt', reason }, { code: 'STR017', reason });
    });
    const report = await verifyOnly(task, ['STR']);
    assert.deepEqual(
      report.findings.map(({ code, suppressed }) => [code, suppressed]),
      [
        ['STR013', 'Agreed with the owner of the data.'],
        ['STR017', 'Agreed with the owner of the data.'],
      ],
    );
    assert.equal(report.verdict, 'accepted');
    await task.remove();
  });

  it('binds the report to the bytes of the package, and writes it and its SARIF without time or place', async () => {
    const task = await copyTask(clean);
    const first = await verifyOnly(task, ['STR']);
    await writeReport(task.folder, first);
    const [json, sarif] = [await task.read('verification/report.json'), await task.read('verification/report.sarif')];
    assert.deepEqual(reportSchema.parse(JSON.parse(json)), first);
    assert.ok(!json.includes(task.folder) && !sarif.includes(task.folder));
    const second = await verifyOnly(task, ['STR']);
    assert.deepEqual(second, first, 'writing the report changes nothing that it is about');
    await task.write('metric.py', `${await task.read('metric.py')}# changed\n`);
    const third = await verifyOnly(task, ['STR']);
    assert.notEqual(third.package, first.package);
    await writeReport(task.folder, third);
    const log = JSON.parse(await task.read('verification/report.sarif'));
    assert.equal(log.version, '2.1.0');
    const [result] = log.runs[0].results;
    assert.equal(result.ruleId, 'STR014');
    assert.equal(log.runs[0].tool.driver.rules[result.ruleIndex].id, 'STR014');
    assert.deepEqual(result.locations[0].physicalLocation.artifactLocation, { uri: 'metric.py', uriBaseId: 'TASK' });
    await task.remove();
  });

  it('stops when it is cancelled', async () => {
    const options = { runtime: plainPython, log: silentLog, clock: systemClock, signal: AbortSignal.abort() };
    await assert.rejects(verifyTask(clean.folder, options), { code: 'CANCELLED' });
  });
});

describe('places in JSON', () => {
  it('are those of keys, of list items, and of the nearest entry that is written', () => {
    const places = locateJson('{\n  "a": {"b": [1, {"c": 2}]}\n}\n');
    assert.equal(places.problem, null);
    assert.deepEqual(places.at(['a', 'b']).start, { line: 1, character: 8 });
    assert.deepEqual(places.at(['a', 'b', 1]).start, { line: 1, character: 17 });
    assert.deepEqual(places.at(['a', 'b', 1, 'missing']).start, { line: 1, character: 17 });
  });

  const broken: readonly (readonly [string, string, number, number])[] = [
    ['a comma is missing', '{"a": 1\n "b": 2}', 1, 1],
    ['a comma is left over', '{"a": [1, ]}', 0, 10],
    ['a string does not end', '{\n"a": "x\n}', 1, 5],
    ['something follows', '{} x', 0, 3],
    ['nothing is there', '', 0, 0],
  ];
  for (const [name, text, line, character] of broken) {
    it(`tell where ${name}`, () => {
      assert.deepEqual(locateJson(text).problem?.range.start, { line, character });
    });
  }
});

describe('a suppression', () => {
  it('that covers nothing, or names no check, is a finding at its entry', async () => {
    const task = await copyTask(clean);
    await task.editManifest((manifest) => {
      const reason = 'Agreed with the owner of the data.';
      manifest.suppressions.push(
        { code: 'STR013', reason },
        { code: 'STR999', reason },
        { code: 'LEK004', reason }, // its family does not run here
      );
    });
    const { findings, verdict } = await verifyOnly(task, ['STR']);
    const text = (await task.read('task.json')).split('\n');
    assert.deepEqual(
      findings.map(({ code, message, range }) => [code, message, text[range.start.line]?.trim()]),
      [
        ['STR023', 'The suppression of STR013 covers no finding.', '"code": "STR013",'],
        ['STR023', 'The suppression names "STR999", and there is no such check.', '"code": "STR999",'],
      ],
    );
    assert.equal(verdict, 'accepted');
    await task.remove();
  });
});
