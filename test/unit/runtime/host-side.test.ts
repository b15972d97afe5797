import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { MountGuard } from '../../../src/runtime/mount-guard.ts';
import { readOutput } from '../../../src/runtime/outputs.ts';

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'forge-host-side-')));
const work = path.join(folder, 'work');
mkdirSync(path.join(work, 'sub'), { recursive: true });
mkdirSync(path.join(folder, 'private'));
writeFileSync(path.join(folder, 'private', 'answers.csv'), 'secret');
writeFileSync(path.join(work, 'sub', 'report.txt'), 'fine');
symlinkSync(path.join(folder, 'private'), path.join(work, 'way'));
symlinkSync(path.join(folder, 'private', 'answers.csv'), path.join(work, 'file'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('what a job wrote is read on the host', () => {
  it('when it is an ordinary file', async () => {
    assert.equal((await readOutput(work, 'sub/report.txt')).toString(), 'fine');
  });

  for (const name of ['file', 'way/answers.csv', '../private/answers.csv', 'absent', 'sub']) {
    it(`but not as ${name}`, async () => {
      await assert.rejects(readOutput(work, name), { code: 'OUTPUT_UNREADABLE' });
    });
  }

  it('but not beyond the size that was asked for', async () => {
    await assert.rejects(readOutput(work, 'sub/report.txt', 3), { code: 'OUTPUT_UNREADABLE' });
  });
});

describe('a mount', () => {
  it('inside a folder that a job could write to must not lead out of it', async () => {
    const guard = new MountGuard();
    await guard.check([{ name: 'work', host: work, access: 'write' }]);
    const way = { name: 'way', host: path.join(work, 'way'), access: 'read' } as const;
    await assert.rejects(guard.check([way]), { code: 'MOUNT_ESCAPES' });
    const [sub] = await guard.check([{ name: 'sub', host: path.join(work, 'sub'), access: 'read' }]);
    assert.equal(sub?.host, path.join(work, 'sub'));
  });

  it('may be a link of the user, and is then resolved', async () => {
    const [mount] = await new MountGuard().check([{ name: 'way', host: path.join(work, 'way'), access: 'read' }]);
    assert.equal(mount?.host, path.join(folder, 'private'));
  });

  it('that does not exist is named', async () => {
    const absent = { name: 'absent', host: path.join(folder, 'absent'), access: 'read' } as const;
    await assert.rejects(new MountGuard().check([absent]), { code: 'MOUNT_MISSING' });
  });
});
