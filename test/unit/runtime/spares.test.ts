// Supervisors that wait for a job with an empty sandbox ready: made in quiet moments, and never noticed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { JobOutcome } from '../../../src/runtime/port.ts';
import { childrenOf, commandOf, isAlive } from './processes.ts';
import { Workshop } from './workshop.ts';

const SPARES = 4;

describe('a job that finds a sandbox ready', { skip: process.platform !== 'linux' }, () => {
  const workshop = new Workshop();
  // The front talks to this process; the zygote is its child, and the parent of all supervisors.
  const zygote = (): number => {
    const front = childrenOf(process.pid).find((pid) => commandOf(pid).includes('zygote'));
    return (front === undefined ? undefined : childrenOf(front)[0]) ?? assert.fail('there is no zygote');
  };
  const spares = async (): Promise<number[]> => {
    let before: number[] = [];
    for (let round = 0; round < 100; round += 1) {
      await sleep(200); // longer than it takes to make one, or to take down one that has answered
      const found = childrenOf(zygote());
      if (found.length === SPARES && found.join() === before.join()) return found;
      before = found;
    }
    return assert.fail(`${childrenOf(zygote()).length} are ready`);
  };
  const killed = async (processes: readonly number[]): Promise<void> => {
    for (const pid of processes) process.kill(pid, 'SIGKILL');
    while (processes.some(isAlive)) await sleep(10);
  };
  const ran = async (source: string): Promise<JobOutcome<unknown>> => workshop.run(source, { result: z.unknown() });
  before(() => ran('RESULT = 1'));
  after(() => workshop.end());

  it('is given to the one that has waited longest, and another is made', async () => {
    const ready = await spares();
    assert.equal((await ran('RESULT = 2')).kind, 'done');
    assert.deepEqual((await spares()).slice(0, SPARES - 1), ready.slice(1));
  });

  it('sees what it was given alone, however many wait beside it', async () => {
    await spares();
    const source = [
      'import os, sys, forge_runtime',
      'own = (sys.prefix, sys.base_prefix, forge_runtime.__file__)',
      // The program itself may be installed there.
      'there = [name for name in os.listdir("/tmp") if not any(place.startswith(f"/tmp/{name}/") for place in own)]',
      'RESULT = [sorted(os.listdir("/mnt")), there, os.path.exists("/.host")]',
    ].join('\n');
    const seen = await ran(source);
    assert.deepEqual(seen.kind === 'done' && seen.value, [['code', 'desk'], [], false]);
    const processes = await ran('import os\nRESULT = [name for name in os.listdir("/proc") if name.isdigit()]');
    assert.deepEqual(processes.kind === 'done' && processes.value, ['1', '2']);
  });

  it('has its own limits, not those of the empty sandbox', async () => {
    await spares();
    const large = await workshop.run('open("/tmp/x", "wb").write(b"x" * 150 * 2**20)\nRESULT = 1', {
      limits: { fileBytes: 200 * 2 ** 20, memoryBytes: 900 * 2 ** 20 },
    });
    assert.equal(large.kind, 'done', JSON.stringify(large));
    const small = await workshop.run('open("/tmp/x", "wb").write(b"x" * 150 * 2**20)', {
      limits: { fileBytes: 200 * 2 ** 20, memoryBytes: 300 * 2 ** 20 },
    });
    assert.notEqual(small.kind, 'done');
  });

  it('is not hurt when those that wait were killed', async () => {
    await killed(await spares());
    for (let job = 0; job < SPARES; job += 1) assert.equal((await ran('RESULT = 3')).kind, 'done');
  });

  it('nor when what stands ready below them was', async () => {
    await killed((await spares()).flatMap(childrenOf));
    for (let job = 0; job < SPARES; job += 1) assert.equal((await ran('RESULT = 4')).kind, 'done');
  });

  it('inherits nothing that an earlier job was asked or has answered', async () => {
    // A machine with the packages in memory shows what it has read to every process that it forks.
    const marker = ['seen', 'by', 'another', 'job'];
    const told = `import sys\nRESULT = "-".join(${JSON.stringify(marker)} + sys.argv[1:])`;
    for (let job = 0; job < SPARES; job += 1) await workshop.run(told, { argv: [marker.join('-')] });
    const search = [
      `marker = "-".join(${JSON.stringify(marker)}).encode()`,
      'found = 0',
      'with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:',
      '    for line in maps:',
      '        place, access, *_ = line.split()',
      '        start, end = (int(edge, 16) for edge in place.split("-"))',
      '        try:',
      '            memory.seek(start)',
      '            found += memory.read(end - start).count(marker) if access.startswith("r") else 0',
      '        except (OSError, ValueError, OverflowError):',
      '            pass',
      'RESULT = found',
    ].join('\n');
    const limits = { memoryBytes: 2 * 2 ** 30 };
    for (const quiet of [true, false]) {
      if (quiet) await spares();
      const seen = await workshop.run(search, { limits });
      // Its own: the marker, and a copy in the buffer of what was read.
      assert.ok(seen.kind === 'done' && Number(seen.value) < 20, JSON.stringify(seen));
    }
  });

  it('is cancelled at once', async () => {
    await spares();
    const stop = new AbortController();
    const running = workshop.run('import time\ntime.sleep(60)', { signal: stop.signal });
    await sleep(500);
    const asked = performance.now();
    stop.abort();
    assert.equal((await running).kind, 'cancelled');
    assert.ok(performance.now() - asked < 500, 'without waiting to be killed');
  });

  for (const { title, source, stays } of [
    { title: 'leaves its sandbox standing while others run', source: 'RESULT = 1', stays: true },
    {
      title: 'but not one that holds on to memory',
      source: 'open("/tmp/x", "wb").write(b"x" * 40 * 2**20)\nRESULT = 1',
      stays: false,
    },
    {
      title: 'nor one with many files, empty as they are',
      source: 'import os\nfor name in range(15_000): os.symlink("a", f"/dev/shm/{name}")\nRESULT = 1',
      stays: false,
    },
    { title: 'nor a supervisor with a large result', source: 'RESULT = "x" * 20 * 2**20', stays: false },
  ]) {
    it(title, async () => {
      const ready = await spares();
      const stop = new AbortController();
      const other = workshop.run('import time\ntime.sleep(60)', { signal: stop.signal });
      await sleep(500); // It has read its code by then, and the next job's may take the place.
      const limits = { fileBytes: 2 ** 30, memoryBytes: 900 * 2 ** 20 };
      assert.equal((await workshop.run(source, { limits })).kind, 'done');
      const supervisor = ready[1] ?? assert.fail();
      for (let round = 0; round < 20 && isAlive(supervisor); round += 1) await sleep(50);
      assert.equal(isAlive(supervisor), stays);
      stop.abort();
      await other;
      const now = await spares();
      assert.ok(!now.includes(supervisor));
    });
  }

  const mayMount = process.getuid?.() === 0;
  /** Mounts an empty file system; false where even root may not. */
  const mounted = (place: string): boolean => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', place]);
      return true;
    } catch {
      return false;
    }
  };
  it('finds files on what was mounted after it was made', { skip: !mayMount && 'only root mounts' }, async (t) => {
    const place = path.join(workshop.folder, 'code');
    await spares();
    mkdirSync(place, { recursive: true });
    if (!mounted(place)) {
      t.skip('this machine lets nobody mount');
      return;
    }
    try {
      writeFileSync(path.join(place, 'new.txt'), 'new');
      const seen = await ran('import os\nRESULT = open(os.environ["MOUNT_CODE"] + "/new.txt").read()');
      assert.equal(seen.kind === 'done' && seen.value, 'new', JSON.stringify(seen));
      await spares();
    } finally {
      // Plain, not lazy: nobody keeps it busy.
      execFileSync('umount', [place]);
    }
  });

  it('lets go of what was unmounted while it waits', { skip: !mayMount && 'only root mounts' }, async (t) => {
    const place = path.join(workshop.folder, 'disk');
    mkdirSync(place);
    if (!mounted(place)) {
      t.skip('this machine lets nobody mount');
      return;
    }
    try {
      assert.equal((await ran('RESULT = 5')).kind, 'done');
      await spares();
    } finally {
      execFileSync('umount', [place]);
    }
    assert.deepEqual(await workshop.leftBehind(), []);
  });
});
