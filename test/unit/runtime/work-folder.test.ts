// Folders that killed processes left in the temporary folder go; those of living processes and of others stay.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeWorkFolder, sweepWorkFolders } from '../../../src/runtime/work-folder.ts';

describe('the work folder of a job', { skip: process.platform === 'win32' }, () => {
  const outside = process.env['TMPDIR'];
  const place = mkdtempSync(path.join(tmpdir(), 'swept-'));
  before(() => {
    process.env['TMPDIR'] = place;
  });
  after(() => {
    if (outside === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outside;
    rmSync(place, { recursive: true });
  });

  it('is removed by a later run when its process was killed', async () => {
    const module = path.resolve(import.meta.dirname, '../../../src/runtime/work-folder.ts');
    const source = `import { makeWorkFolder } from ${JSON.stringify(module)};
      console.log(await makeWorkFolder('solve')); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', source], {
      env: { ...process.env, TMPDIR: place },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const folder = line.toString().trim();
    writeFileSync(path.join(folder, 'submission.csv'), 'id\n');
    await sweepWorkFolders();
    assert.ok(existsSync(folder), 'its process still lives');
    child.kill('SIGKILL');
    await once(child, 'close');
    await sweepWorkFolders();
    assert.ok(!existsSync(folder));
  });

  it('stays when it is of this process, of another space of processes, or no folder of this program', async () => {
    const own = await makeWorkFolder('rebuild');
    const others = ['mle-forge-solve-1-999999999-abc', 'mle-forge-notes', 'solve-1-999999999-abc'].map((name) =>
      path.join(place, name),
    );
    for (const folder of others) mkdirSync(folder);
    const kept = path.join(place, 'kept');
    mkdirSync(kept);
    const link = path.basename(own).replace(/-\d+-[^-]+$/, '-999999999-link');
    symlinkSync(kept, path.join(place, link));
    await sweepWorkFolders();
    for (const folder of [own, kept, ...others]) assert.ok(existsSync(folder), folder);
  });
});
