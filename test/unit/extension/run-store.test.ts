import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { runsOnDisk } from '../../../src/extension/runs/disk-runs.ts';
import { elapsed } from '../../../src/extension/runs/run-state.ts';
import { type Begin, RunStore } from '../../../src/extension/runs/run-store.ts';
import type { ForgeEvent } from '../../../src/forge/events.ts';
import { forge } from '../../../src/forge/forge.ts';
import { interrupted } from '../../../src/forge/interruption.ts';
import { cancelled, ForgeError } from '../../../src/task/errors.ts';
import { scripted } from '../../support/scripted-forge.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const request = { dataset: '/w/birds', out: '/w/tasks', engine: 'builtin', maxTasks: 2, seed: 0 };
const started: ForgeEvent = { type: 'run-started', run: '20260101-000000-abcdef', dataset: '/w/birds', resumed: false };
const ended = (outcome: 'done' | 'cancelled'): ForgeEvent => ({ type: 'run-ended', outcome, accepted: 0, rejected: 0 });

interface Fake {
  readonly begin: Begin;
  readonly log: string[];
}

/** A promise and the call that keeps it. */
function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Work that waits until it is told to end, or until it is aborted; `deaf` work does not hear the abort. */
function fakeWork(options: { deaf?: boolean; finish?: Promise<void> } = {}): Fake {
  const log: string[] = [];
  let release = (): void => {};
  const killed = new Promise<void>((resolve) => {
    release = resolve;
  });
  const begin: Begin = async ({ dataset }, resume, signal) => {
    log.push(`begin ${dataset}${resume === null ? '' : ` again ${resume}`}`);
    async function* events(): AsyncGenerator<ForgeEvent> {
      yield started;
      const aborted = new Promise<void>((resolve) => {
        if (!options.deaf) signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await Promise.race([aborted, killed, options.finish ?? killed]);
      yield ended(signal.aborted ? 'cancelled' : 'done');
    }
    return {
      events: events(),
      kill: async () => {
        log.push('kill');
        release();
      },
      close: async () => void log.push('close'),
    };
  };
  return { begin, log };
}

const ticking = () => {
  let now = 0;
  return { now: () => (now += 1000) };
};

async function until(what: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 1000 && !what(); attempt += 1) await sleep(5);
  assert.ok(what(), 'it did not happen within five seconds');
}

test('one run works, the next waits for it', async () => {
  const finish = gate();
  const { begin, log } = fakeWork({ finish: finish.promise });
  const store = new RunStore(begin, ticking());
  const first = store.start(request);
  const second = store.start({ ...request, dataset: '/w/fish' });
  await until(() => store.get(first.key)?.run !== null);
  assert.equal(store.get(first.key)?.status, 'running');
  assert.equal(store.get(second.key)?.status, 'queued');
  finish.resolve();
  await until(() => store.get(second.key)?.status === 'done');
  assert.equal(store.get(first.key)?.status, 'done');
  assert.deepEqual(log, ['begin /w/birds', 'close', 'begin /w/fish', 'close']);
  assert.equal(store.active(), undefined);
});

test('cancelling gives the window back at once, ends the work and lets the next one start', async () => {
  const { begin, log } = fakeWork();
  const store = new RunStore(begin, ticking());
  const { key } = store.start(request);
  await until(() => store.get(key)?.run !== null);
  store.cancel(key);
  assert.equal(store.get(key)?.status, 'cancelled');
  assert.equal(store.get(key)?.isStopping, true);
  await until(() => store.get(key)?.isStopping === false);
  assert.equal(store.get(key)?.status, 'cancelled');
  assert.deepEqual(log, ['begin /w/birds', 'close']);
});

test('a queued run that is cancelled never starts, and can be taken up later', async () => {
  const { begin, log } = fakeWork();
  const store = new RunStore(begin, ticking());
  const first = store.start(request);
  const second = store.start({ ...request, dataset: '/w/fish' });
  store.cancel(second.key);
  assert.equal(store.get(second.key)?.status, 'cancelled');
  store.cancel(first.key);
  await until(() => store.get(first.key)?.isStopping === false);
  store.resume(second.key);
  await until(() => log.includes('begin /w/fish'));
  store.cancel(second.key);
});

test('a second cancel ends processes that do not answer, and the queue goes on', async () => {
  const { begin, log } = fakeWork({ deaf: true });
  const store = new RunStore(begin, ticking());
  const { key } = store.start(request);
  await until(() => store.get(key)?.run !== null);
  store.cancel(key);
  await sleep(30);
  assert.equal(store.get(key)?.isStopping, true);
  store.cancel(key);
  assert.equal(store.get(key)?.isStopping, false);
  assert.equal(store.get(key)?.status, 'cancelled');
  await until(() => log.includes('close'));
  assert.deepEqual(log, ['begin /w/birds', 'kill', 'close']);
});

test('a forced run that is resumed waits for the last words of its old work', async () => {
  const { begin, log } = fakeWork({ deaf: true });
  const store = new RunStore(begin, ticking());
  const { key } = store.start(request);
  await until(() => store.get(key)?.run !== null);
  store.cancel(key);
  store.cancel(key);
  store.resume(key);
  await until(() => log.includes('begin /w/birds again 20260101-000000-abcdef'));
  assert.ok(log.indexOf('close') < log.indexOf('begin /w/birds again 20260101-000000-abcdef'));
});

test('cancelling while the environment is still being looked for leaves nothing running', async () => {
  const begin: Begin = (_request, _resume, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(cancelled())));
  const store = new RunStore(begin, ticking());
  const { key } = store.start(request);
  store.cancel(key);
  await until(() => store.get(key)?.isStopping === false);
  assert.equal(store.get(key)?.status, 'cancelled');
  assert.equal(store.errorOf(key), undefined);
});

test('a run that fails keeps what it threw, and can be tried again', async () => {
  const error = new ForgeError('NO_PYTHON', 'No Python.', 'Install one.', 'environment');
  const store = new RunStore(async () => Promise.reject(error), ticking());
  const { key } = store.start(request);
  await until(() => store.get(key)?.status === 'failed');
  assert.equal(store.errorOf(key), error);
  assert.equal(store.get(key)?.reason, 'No Python.');
  store.resume(key);
  assert.equal(store.errorOf(key), undefined);
});

test('time counts while the run works and stands still after it', async () => {
  const { begin } = fakeWork();
  const store = new RunStore(begin, ticking());
  const { key } = store.start(request);
  await until(() => store.get(key)?.run !== null);
  store.cancel(key);
  const run = store.get(key);
  assert.ok(run !== undefined);
  assert.equal(elapsed(run, 1_000_000), elapsed(run, 2_000_000));
  assert.ok(elapsed(run, 0) > 0);
});

test('an ended run can be dismissed, one at work cannot', async () => {
  const { begin } = fakeWork();
  const store = new RunStore(begin, ticking());
  const { key } = store.start(request);
  store.dismiss(key);
  assert.notEqual(store.get(key), undefined);
  store.cancel(key);
  await until(() => store.get(key)?.isStopping === false);
  store.dismiss(key);
  assert.equal(store.get(key), undefined);
});

test('a window that goes away leaves its run interrupted on disk; the next window finds and resumes it', async (t) => {
  const root = await tempFolder(t);
  await mkdir(root, { recursive: true });
  const reached = gate();
  const abort = new AbortController();
  const script = {
    formulations: ['first', 'second'],
    before: (work: string): void => {
      if (work.startsWith('verify second')) reached.resolve();
    },
  };
  const { request: asked, deps } = await scripted(root, script, abort);
  const begin: Begin = async (_request, resume, signal) => {
    const isFirst = resume === null;
    async function* events(): AsyncGenerator<ForgeEvent> {
      const again = isFirst ? {} : { resume };
      for await (const event of forge({ ...asked, ...again }, { ...deps, signal })) {
        yield event;
        // Slow enough that the window can go away in the middle.
        if (isFirst && event.type === 'stage-started' && event.task === 'second') await sleep(20);
      }
    }
    signal.addEventListener('abort', () => abort.abort(signal.reason));
    return { events: events(), kill: async () => {}, close: async () => {} };
  };
  const asRun = { ...request, dataset: asked.dataset, out: asked.out };
  const window = new RunStore(begin, ticking());
  window.start(asRun);
  await reached.promise;
  await window.dispose(interrupted);

  const found = await runsOnDisk(asked.out);
  assert.deepEqual(
    found.map(({ status, accepted }) => [status, accepted]),
    [['interrupted', 1]],
  );
  const { deps: fresh } = await scripted(root, script);
  const later = new RunStore(async (_request, resume, signal) => {
    const events = forge({ ...asked, resume: resume ?? '' }, { ...fresh, signal });
    return { events, kill: async () => {}, close: async () => {} };
  }, ticking());
  later.found(found);
  const key = later.all()[0]?.key ?? '';
  later.resume(key);
  await until(() => later.active() === undefined);
  assert.deepEqual(later.errorOf(key), undefined);
  assert.equal(later.get(key)?.status, 'done');
  assert.equal(later.get(key)?.accepted, 2);
});

test('what is found on disk again is not listed twice', async () => {
  const { begin } = fakeWork();
  const store = new RunStore(begin, ticking());
  const { key } = store.start(request);
  await until(() => store.get(key)?.run !== null);
  const run = store.get(key);
  assert.ok(run !== undefined);
  store.found([{ ...run, key: 'disk', status: 'interrupted' }]);
  assert.equal(store.all().length, 1);
  assert.equal(store.get(key)?.status, 'running');
  store.cancel(key);
});
