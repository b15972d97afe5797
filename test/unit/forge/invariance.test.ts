import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { keepScores } from '../../../src/forge/invariance.ts';
import { hashPackage } from '../../../src/task/package.ts';
import { silentLog } from '../../../src/task/ports.ts';
import { plainPython } from '../../support/plain-python.ts';
import { buildSampleTask } from '../../support/sample-task.ts';

const task = await buildSampleTask(plainPython);
after(() => task.remove());
const hashes = await hashPackage(task.folder);
const metric = await task.read('metric.py');
const context = { runtime: plainPython, log: silentLog, signal: new AbortController().signal };
const kept = async (rewritten: string): Promise<string[]> =>
  Object.keys(await keepScores(task.folder, hashes, { 'README.md': '#', 'metric.py': rewritten }, context));

test('a rewritten metric.py that scores the same is taken over', async () => {
  assert.deepEqual(await kept(`# A comment more.\n${metric}`), ['README.md', 'metric.py']);
});

test('one that scores differently, or not at all, is left out, and the other files are taken over', async () => {
  const shifted = `${metric}\n_original = evaluate\n\ndef evaluate(submission, answers):\n    return _original(submission, answers) * 0.5\n`;
  assert.deepEqual(await kept(shifted), ['README.md']);
  assert.deepEqual(await kept('raise RuntimeError("no metric")\n'), ['README.md']);
});

test('a metric.py of equal bytes needs no proof', async () => {
  const runtime = { ...plainPython, run: () => assert.fail('nothing to run') };
  const files = { 'metric.py': metric };
  assert.equal(await keepScores(task.folder, hashes, files, { ...context, runtime }), files);
});
