// A virtual environment that the interpreter's path reaches through a symbolic link, as shared caches are.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { tempFolder } from '../../support/temp-folder.ts';
import { python, Workshop } from './workshop.ts';

/** Each makes the way `link` to a folder `real/envs` with the environment `venv` in it. */
const ways: Readonly<Record<string, (root: string) => string>> = {
  'its own folder is a link': (root) => {
    symlinkSync(path.join(root, 'real', 'envs', 'venv'), path.join(root, 'link'));
    return path.join(root, 'link');
  },
  'a folder above it is a link': (root) => {
    symlinkSync(path.join(root, 'real', 'envs'), path.join(root, '.cache'));
    return path.join(root, '.cache', 'venv');
  },
  'a relative link leads to another link': (root) => {
    symlinkSync(path.join('real', 'envs'), path.join(root, 'first'));
    mkdirSync(path.join(root, 'deep'));
    symlinkSync(path.join('..', 'first', 'venv'), path.join(root, 'deep', 'second'));
    return path.join(root, 'deep', 'second');
  },
};

for (const [title, way] of Object.entries(ways)) {
  test(`a contained job finds the packages of its environment when ${title}`, async (t) => {
    const root = await tempFolder(t);
    const real = path.join(root, 'real', 'envs', 'venv');
    execFileSync(python, ['-m', 'venv', '--without-pip', real]);
    const find = "import sysconfig; print(sysconfig.get_path('purelib'))";
    const packages = execFileSync(path.join(real, 'bin', 'python'), ['-c', find], { encoding: 'utf8' }).trim();
    writeFileSync(path.join(packages, 'only_here.py'), 'ANSWER = 42\n');

    const workshop = new Workshop(path.join(way(root), 'bin', 'python'));
    try {
      for (const mode of ['warm', 'cold'] as const) {
        const source = 'import json, only_here\nRESULT = only_here.ANSWER';
        const outcome = await workshop.run(source, { mode });
        assert.equal(outcome.kind === 'done' && outcome.value, 42, `${mode}: ${JSON.stringify(outcome).slice(0, 500)}`);
      }
    } finally {
      await workshop.end();
    }
  });
}
