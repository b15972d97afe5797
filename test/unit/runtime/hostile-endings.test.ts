import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { z } from 'zod';
import { childrenOf, commandOf } from './processes.ts';
import { Workshop } from './workshop.ts';

const forge = (report: string) => `import os\nos.write(3, ${report})\nos._exit(0)`;

const endings = [
  { title: 'os._exit', source: 'import os\nos._exit(0)', kind: 'crashed' },
  { title: 'the exit status of a failed set-up', source: 'import os\nos._exit(97)', kind: 'crashed' },
  {
    title: 'a signal to its init',
    source: 'import os, time\nos.kill(1, 2)\ntime.sleep(0.3)\nRESULT = "goes on"',
    kind: 'done',
  },
  { title: 'closing every descriptor', source: 'import os\nos.closerange(0, 4096)', kind: 'crashed' },
  { title: 'killing itself', source: 'import os\nos.kill(os.getpid(), 9)', kind: 'crashed' },
  { title: 'a crash in native code', source: 'import ctypes\nctypes.string_at(0)', kind: 'crashed' },
  { title: 'SystemExit', source: 'raise SystemExit(0)', kind: 'raised' },
  { title: 'KeyboardInterrupt', source: 'raise KeyboardInterrupt', kind: 'raised' },
  { title: 'an exception outside of Exception', source: 'class Odd(BaseException): pass\nraise Odd', kind: 'raised' },
  {
    title: 'an exception that cannot be printed',
    source: 'class Odd(Exception):\n    def __str__(self): raise SystemExit\nraise Odd',
    kind: 'raised',
  },
  { title: 'a syntax error', source: 'def (', kind: 'raised' },
  { title: 'a result that JSON cannot hold', source: 'RESULT = {1, 2}', kind: 'raised' },
  { title: 'a forged report that is not JSON', source: forge('b"{"'), kind: 'crashed' },
  { title: 'a forged report of the wrong shape', source: forge(`b'{"kind": "raised", "type": 5}'`), kind: 'crashed' },
  { title: 'a forged result of the wrong type', source: forge(`b'{"kind": "done", "value": 7}'`), kind: 'crashed' },
] as const;

for (const mode of ['warm', 'cold'] as const) {
  describe(`a ${mode} job always ends as a value`, () => {
    const workshop = new Workshop();
    after(() => workshop.end());

    for (const { title, source, kind } of endings) {
      it(`with ${title}: ${kind}`, async () => {
        const outcome = await workshop.run(source, { mode, result: z.string() });
        assert.equal(outcome.kind, kind, JSON.stringify(outcome).slice(0, 500));
        assert.deepEqual(await workshop.leftBehind(), []);
      });
    }

    it('within two seconds of its cancellation, with no process left', async () => {
      const stop = new AbortController();
      const running = workshop.run('import os, time\nos.fork()\nwhile True: time.sleep(9)', {
        mode,
        signal: stop.signal,
      });
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const asked = performance.now();
      stop.abort();
      assert.equal((await running).kind, 'cancelled');
      assert.ok(performance.now() - asked < 2000);
      assert.deepEqual(await workshop.leftBehind(), []);
    });
  });
}

describe('a runtime that is disposed', () => {
  it('leaves no process of a job that was running', async () => {
    const workshop = new Workshop();
    const running = workshop.run('import time\ntime.sleep(60)');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await workshop.runtime.dispose();
    assert.notEqual((await running).kind, 'done');
    assert.deepEqual(await workshop.leftBehind(), []);
    await workshop.end();
  });
});

describe('a warm worker that is killed from outside', () => {
  const fronts = (): number[] => childrenOf(process.pid).filter((pid) => /\0zygote\0/.test(commandOf(pid)));
  const zygotes = (): number[] => fronts().flatMap(childrenOf);
  const supervisors = (): number[] => zygotes().flatMap(childrenOf);
  const jobs = (): number[] => supervisors().flatMap(childrenOf);
  const deaths = [
    { title: 'the process that passes messages on, while the job runs', find: fronts, once: jobs },
    { title: 'the zygote, while the job runs', find: zygotes, once: jobs },
    { title: 'the zygote, as soon as there is one', find: zygotes, once: zygotes },
    // A supervisor that was just forked still holds what it has inherited of the zygote.
    ...['first', 'second', 'third'].map((attempt) => ({
      title: `the zygote, at the moment of a fork: ${attempt} attempt`,
      find: zygotes,
      once: supervisors,
    })),
  ];
  for (const { title, find, once } of deaths)
    it(`costs its job only time: ${title}`, async () => {
      const workshop = new Workshop();
      const running = workshop.run('import time\ntime.sleep(1)\nRESULT = "done"');
      for (const until = performance.now() + 30_000; once().length === 0; ) {
        assert.ok(performance.now() < until, 'there is nothing to kill');
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      const found = find();
      assert.equal(found.length, 1);
      for (const pid of found) process.kill(pid, 'SIGKILL');
      const outcome = await running;
      assert.equal(outcome.kind === 'done' && outcome.value, 'done', JSON.stringify(outcome).slice(0, 500));
      assert.deepEqual(await workshop.leftBehind(), []);
      await workshop.end();
    });
});
