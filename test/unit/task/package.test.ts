import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { taskJsonSchema } from '../../../src/task/json-schema.ts';
import { hashPackage, readTask, writeTask } from '../../../src/task/package.ts';
import { taskSpecSchema } from '../../../src/task/spec.ts';
import { toolVersion } from '../../../src/task/version.ts';
import { manifestOf } from '../../support/drafts.ts';
import { sampleFormulation } from '../../support/formulations.ts';
import { assertGolden } from '../../support/golden.ts';
import { tempFolder, writeFiles } from '../../support/temp-folder.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const spec = taskSpecSchema.parse({
  ...manifestOf(sampleFormulation('a-task')),
  rows: { raw: 13, train: 8, test: 4, dropped: [] },
  difficulty: null,
  hashes: {},
});

test('the JSON schema that editors use is generated from the manifest schema of today', () => {
  assertGolden(path.join(root, 'media', 'task.schema.json'), taskJsonSchema());
});

test('the version in provenance is the version of the product', () => {
  assert.equal(toolVersion, JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version);
});

test('a manifest that is written is read back as it was', async (t) => {
  const folder = await tempFolder(t);
  await writeTask(folder, spec);
  assert.deepEqual(await readTask(folder), spec);
});

test('what is no task says which file and which entry is at fault', async (t) => {
  const folder = await tempFolder(t);
  await assert.rejects(readTask(path.join(folder, 'nowhere')), {
    code: 'TASK_MISSING',
    message: /nowhere does not exist/,
  });
  await assert.rejects(readTask(folder), { code: 'TASK_MISSING', message: /holds no readable task\.json/ });
  await writeFiles(folder, { 'task.json': '{"id": ' });
  await assert.rejects(readTask(folder), { code: 'TASK_INVALID', message: /task\.json.*no JSON/ });
  await writeFiles(folder, { 'task.json': JSON.stringify({ ...spec, metric: { ...spec.metric, direction: 'up' } }) });
  await assert.rejects(readTask(folder), { code: 'TASK_INVALID', message: /metric\.direction/ });
});

test('hashes cover the data and the scripts, not the manifest, the reports and the runs', async (t) => {
  const folder = await writeFiles(await tempFolder(t), {
    'task.json': '{}',
    'metric.py': '',
    'runs.md': '',
    'data/public/train.csv': 'id\n',
    'runs/strong/log.txt': '',
    'verification/report.json': '{}',
  });
  assert.deepEqual(Object.keys(await hashPackage(folder)), ['data/public/train.csv', 'metric.py', 'runs.md']);
});
