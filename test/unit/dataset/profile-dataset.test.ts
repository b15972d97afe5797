import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, beforeEach, describe, it } from 'node:test';
import { profileDataset } from '../../../src/dataset/profile-dataset.ts';
import { ForgeError } from '../../../src/task/errors.ts';
import { hashTree } from '../../../src/task/hashing.ts';
import { silentLog } from '../../../src/task/ports.ts';
import { residentPython } from '../../support/resident-python.ts';

const runtime = residentPython();
after(() => runtime.dispose());
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forge-dataset-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const profile = (dataset: string) =>
  profileDataset(dataset, { runtime, log: silentLog, signal: new AbortController().signal });

async function refusal(dataset: string): Promise<ForgeError> {
  const error = await profile(dataset).then(
    () => assert.fail('the dataset was accepted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ForgeError, String(error));
  assert.notEqual(error.remedy, '');
  return error;
}

describe('profiling a dataset', () => {
  it('measures tables and carries the hash of the folder', async () => {
    await mkdir(path.join(folder, 'sub'));
    await writeFile(path.join(folder, 'sub', 'a.csv'), 'name,age\nAnn,31\nBob,25\n');
    const found = await profile(folder);
    assert.equal(found.sha256, await hashTree(folder));
    assert.equal(found.name, path.basename(folder));
    assert.deepEqual(
      found.tables.map((table) => [table.id, table.rows, table.columns.map((column) => column.kind)]),
      [['sub/a.csv', 2, ['text', 'integer']]],
    );
  });

  it('takes one file as a dataset, hashed by its name', async () => {
    const file = path.join(folder, 'a.csv');
    await writeFile(file, 'name,age\nAnn,31\nBob,25\n');
    await writeFile(path.join(folder, 'b.csv'), 'other,columns\n1,2\n');
    const found = await profile(file);
    assert.equal(found.sha256, await hashTree(file));
    assert.deepEqual([found.name, found.files, found.tables.map((table) => table.id)], ['a.csv', 1, ['a.csv']]);
  });

  it('leaves nothing behind', async () => {
    await writeFile(path.join(folder, 'a.csv'), 'name,age\nAnn,31\nBob,25\n');
    await profile(folder);
    assert.deepEqual(await readdir(folder), ['a.csv']);
  });

  it('says that a path is missing or an empty folder', async () => {
    assert.equal((await refusal(path.join(folder, 'nothing'))).code, 'DATASET_MISSING');
    assert.equal((await refusal(folder)).code, 'DATASET_EMPTY');
  });

  it('says what was seen where nothing can be used', async () => {
    await writeFile(path.join(folder, 'noise.csv'), Buffer.from([0, 1, 2, 3, 0, 255, 254, 7, 0, 9, 9, 8]));
    await writeFile(path.join(folder, 'model.pkl'), 'x');
    const error = await refusal(folder);
    assert.equal(error.code, 'DATASET_NOTHING');
    assert.match(error.message, /noise\.csv/);
    assert.match(error.message, /model\.pkl/);
  });

  it('names the file that cannot be read', { skip: process.getuid?.() === 0 && 'root reads everything' }, async () => {
    await writeFile(path.join(folder, 'a.csv'), 'name,age\nAnn,31\nBob,25\n');
    await writeFile(path.join(folder, 'locked.csv'), 'x\n1\n');
    await chmod(path.join(folder, 'locked.csv'), 0);
    const error = await refusal(folder);
    assert.equal(error.code, 'DATASET_UNREADABLE');
    assert.match(error.message, /locked\.csv/);
  });

  it('names a file whose name no text can hold', {
    skip: process.platform !== 'linux' && 'names are text here',
  }, async () => {
    await writeFile(path.join(folder, 'a.csv'), 'name,age\nAnn,31\nBob,25\n');
    await writeFile(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9]), Buffer.from('.csv')]), 'x\n1\n');
    assert.equal((await refusal(folder)).code, 'DATASET_FILE_NAME');
  });

  it('ends when it is cancelled', async () => {
    await writeFile(path.join(folder, 'a.csv'), 'name,age\nAnn,31\nBob,25\n');
    const cancelling = { ...runtime, run: () => Promise.resolve({ kind: 'cancelled' } as const) };
    await assert.rejects(
      profileDataset(folder, { runtime: cancelling, log: silentLog, signal: new AbortController().signal }),
      { code: 'CANCELLED' },
    );
  });
});
