import assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { openPath } from '../../../src/toolset/open-path.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('what lies in an open folder may be named, also before it exists', async (t) => {
  const root = await tempFolder(t);
  assert.equal(await openPath(root, [root]), root);
  assert.equal(await openPath(path.join(root, 'a/../b'), ['/nowhere', root]), path.join(root, 'b'));
});

test('neither a parent, nor a namesake, nor a link leads out', async (t) => {
  const [root, other] = [await tempFolder(t), await tempFolder(t)];
  await symlink(other, path.join(root, 'out'));
  await symlink(path.join(root, 'loop'), path.join(root, 'loop'));
  await symlink(path.join(other, 'absent'), path.join(root, 'dangling'));
  for (const given of [
    `${root}/..`,
    `${root}-2`,
    `${root}/out`,
    `${root}/out/new`,
    `${root}/loop`,
    `${root}/dangling`,
  ]) {
    await assert.rejects(openPath(given, [root]), { code: 'PATH_OUTSIDE' }, given);
  }
});

test('an open folder may itself be reached through a link, and a link may stay inside', async (t) => {
  const root = await tempFolder(t);
  const real = path.join(root, 'real');
  await mkdir(real);
  await symlink(real, path.join(root, 'linked'));
  assert.equal(await openPath(path.join(real, 'x'), [path.join(root, 'linked')]), path.join(real, 'x'));
  assert.equal(await openPath(path.join(root, 'linked', 'x'), [root]), path.join(root, 'linked', 'x'));
});

test('a relative path is refused with the open folders; without any, nothing is open', async (t) => {
  const root = await tempFolder(t);
  await assert.rejects(openPath('data', [root]), { code: 'PATH_RELATIVE', remedy: new RegExp(root) });
  await assert.rejects(openPath(root, []), { code: 'PATH_OUTSIDE', remedy: /No folder is open/ });
});
