import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confirmationOf } from '../../../src/extension/language-model/confirmations.ts';
import { followRun } from '../../../src/extension/language-model/follow-run.ts';
import { RunStore, type Work } from '../../../src/extension/runs/run-store.ts';
import type { ForgeEvent } from '../../../src/forge/events.ts';
import { ForgeError } from '../../../src/task/errors.ts';
import { plainL10n } from '../../support/plain-l10n.ts';

const request = { dataset: '/w/birds', out: '/w/tasks', engine: 'builtin', maxTasks: 1, seed: 0 };
const started: ForgeEvent = { type: 'run-started', run: 'r1', dataset: '/w/birds', resumed: false };
const ended: ForgeEvent = { type: 'run-ended', outcome: 'done', accepted: 0, rejected: 0 };

/** A store whose runs do as the generator says. */
function storeOf(events: (signal: AbortSignal) => AsyncGenerator<ForgeEvent>): RunStore {
  const begin = async (_request: unknown, _resume: unknown, signal: AbortSignal): Promise<Work> => ({
    events: events(signal),
    kill: async () => {},
    close: async () => {},
  });
  return new RunStore(begin, { now: () => 0 });
}

test('who waits for a run hears every event and then its end', async () => {
  const runs = storeOf(async function* () {
    yield started;
    yield ended;
  });
  const heard: string[] = [];
  const { key } = runs.start(request);
  await followRun(runs, key, new AbortController().signal, ({ type }) => void heard.push(type));
  assert.deepEqual(heard, ['run-started', 'run-ended']);
});

test('who waits for a run that fails gets its error', async () => {
  const runs = storeOf(async function* () {
    yield started;
    throw new ForgeError('DISK_FULL', 'No space.', 'Free some.');
  });
  const { key } = runs.start(request);
  await assert.rejects(
    followRun(runs, key, new AbortController().signal, () => {}),
    { code: 'DISK_FULL' },
  );
});

test('giving up the wait cancels the run, also while it is queued', async () => {
  const runs = storeOf(async function* (signal) {
    yield started;
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  });
  const [first, second] = [runs.start(request), runs.start(request)];
  const abort = new AbortController();
  const waits = [first, second].map(({ key }) => followRun(runs, key, abort.signal, () => {}));
  setTimeout(() => abort.abort(), 10);
  await Promise.all(waits);
  assert.deepEqual(
    [first, second].map(({ key }) => runs.get(key)?.status),
    ['cancelled', 'cancelled'],
  );
});

test('a person is asked before code runs or values are shown, and told which folder and where to', () => {
  const asked = (tool: string, input: object) => confirmationOf(plainL10n, tool, input, '/w/mle-forge-tasks');
  assert.equal(asked('get_findings', { task: '/w/t' }), null);
  assert.equal(asked('inspect_dataset', { dataset: '/w/birds' }), null);
  assert.match(asked('inspect_dataset', { dataset: '/w/birds', examples: true })?.message ?? '', /\/w\/birds/);
  assert.match(asked('forge_tasks', { dataset: '/w/birds' })?.message ?? '', /\/w\/birds.* \/w\/mle-forge-tasks\./);
  assert.match(asked('forge_tasks', { dataset: '/w/birds', out: '/w/o' })?.message ?? '', / \/w\/o\./);
  assert.equal(asked('verify_task', { task: '/w/t' })?.title, 'Verify t?');
  assert.match(asked('grade_submission', { task: '/w/t', submission: '/w/s.csv' })?.message ?? '', /learns the score/);
});
