import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { Artifacts } from '../../../src/forge/artifacts.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('a value comes back under its hash as it was, its keys in their order', async (t) => {
  const artifacts = new Artifacts(await tempFolder(t));
  const hash = await artifacts.put({ b: 1, a: [2] });
  assert.equal(await artifacts.put({ b: 1, a: [2] }), hash);
  assert.equal(JSON.stringify(await artifacts.get(hash)), '{"b":1,"a":[2]}');
});

test('a damaged artifact counts as absent, and storing it again mends it', async (t) => {
  const folder = await tempFolder(t);
  const artifacts = new Artifacts(folder);
  const hash = await artifacts.put({ a: 1 });
  await writeFile(path.join(folder, `${hash}.json`), '{"a":2}');
  assert.equal(await artifacts.get(hash), undefined);
  await artifacts.put({ a: 1 });
  assert.deepEqual(await artifacts.get(hash), { a: 1 });
});
