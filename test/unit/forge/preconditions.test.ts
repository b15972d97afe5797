import assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { checkFolders } from '../../../src/forge/preconditions.ts';
import { tempFolder, writeFiles } from '../../support/temp-folder.ts';

async function withDataset(t: Parameters<typeof tempFolder>[0]): Promise<{ root: string; dataset: string }> {
  const root = await tempFolder(t);
  return { root, dataset: await writeFiles(path.join(root, 'data'), { 'table.csv': 'a,b\n1,2\n' }) };
}

test('an output folder beside the dataset is fine, whether it exists or not', async (t) => {
  const { root, dataset } = await withDataset(t);
  const folders = await checkFolders(dataset, path.join(root, 'new', 'out'));
  assert.deepEqual(folders, { dataset, out: path.join(root, 'new', 'out') });
});

test('the dataset itself, a folder in it, and a link into it are refused as output', async (t) => {
  const { root, dataset } = await withDataset(t);
  await symlink(dataset, path.join(root, 'link'));
  for (const out of [dataset, path.join(dataset, 'out'), path.join(root, 'link', 'out')]) {
    await assert.rejects(checkFolders(dataset, out), { code: 'OUT_IN_DATASET' }, out);
  }
});

test('a folder whose name merely begins like the dataset is not inside it', async (t) => {
  const { root, dataset } = await withDataset(t);
  await checkFolders(dataset, path.join(root, 'data-tasks'));
  await checkFolders(dataset, path.join(root, '..data'));
});

test('the data of a published task is no dataset for the same output folder', async (t) => {
  const root = await tempFolder(t);
  const task = await writeFiles(path.join(root, 'a-task'), { 'task.json': '{}', 'data/public/train.csv': 'id\n1\n' });
  await assert.rejects(checkFolders(path.join(task, 'data', 'public'), root), { code: 'DATASET_IN_TASK' });
});

test('a dataset in a plain folder of the output folder is fine', async (t) => {
  const { root, dataset } = await withDataset(t);
  await checkFolders(dataset, root);
});

test('what is missing, empty or no data is named with its path', async (t) => {
  const root = await tempFolder(t);
  await mkdir(path.join(root, 'empty', 'deeper'), { recursive: true });
  await writeFiles(root, { 'empty.csv': '' });
  await symlink(path.join(root, 'loop'), path.join(root, 'loop'));
  const out = path.join(root, 'out');
  await assert.rejects(checkFolders(path.join(root, 'nowhere'), out), {
    code: 'DATASET_MISSING',
    message: /nowhere.*does not exist/,
  });
  await assert.rejects(checkFolders(path.join(root, 'empty'), out), { code: 'DATASET_EMPTY', message: /empty/ });
  await assert.rejects(checkFolders(path.join(root, 'empty.csv'), out), { code: 'DATASET_EMPTY' });
  await assert.rejects(checkFolders(path.join(root, 'loop'), out), {
    code: 'DATASET_MISSING',
    message: /loop of symbolic links/,
  });
});

test('an output path that runs through a file is refused', async (t) => {
  const { root, dataset } = await withDataset(t);
  await writeFiles(root, { occupied: 'a file' });
  await assert.rejects(checkFolders(dataset, path.join(root, 'occupied', 'out')), { code: 'OUT_NOT_WRITABLE' });
});
