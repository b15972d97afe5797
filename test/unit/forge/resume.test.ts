import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { createRunFolder, runFolder } from '../../../src/forge/run-folder.ts';
import { listRuns } from '../../../src/forge/runs.ts';
import { hashTree } from '../../../src/task/hashing.ts';
import { anError } from '../../support/drafts.ts';
import { eventsOf, type Script, type Scripted, scripted } from '../../support/scripted-forge.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const leak = anError('LEK004', 'Column a tells the target alone.');
// Keys out of alphabetical order: what is resumed must not differ even in that.
const warning = { ...anError('STA001', 'Few rows.', { rows: 4, half: 0.2 }), severity: 'warning' as const };
const script: Script = {
  formulations: ['stubborn', 'repaired'],
  findings: {
    repaired: { LEK: [[leak], []], PRE: [[warning]] },
    stubborn: { STR: [[anError('STR005', 'No evaluate.')]] },
  },
};

/** Published tasks with the hash of everything in them. */
async function published(out: string): Promise<Record<string, string>> {
  const names = (await readdir(out)).filter((name) => name !== '.mle-forge').sort();
  const hashes: Record<string, string> = {};
  for (const name of names) hashes[name] = await hashTree(path.join(out, name));
  return hashes;
}

async function onlyRun(out: string): Promise<string> {
  const [run] = await readdir(path.join(out, '.mle-forge', 'runs'));
  assert.ok(run !== undefined);
  return run;
}

/** Starts a run that is cancelled before its `stopAt`th piece of work. */
async function interrupted(t: TestContext, stopAt: number): Promise<{ root: string; first: Scripted }> {
  const root = await tempFolder(t);
  const abort = new AbortController();
  let count = 0;
  const before = (): void => {
    if (count === stopAt) abort.abort();
    count += 1;
  };
  const first = await scripted(root, { ...script, before }, abort);
  const events = await eventsOf(first);
  assert.equal(events.at(-1)?.type === 'run-ended' && events.at(-1), events.at(-1));
  return { root, first };
}

test('a run that is stopped before any piece of work ends with the same packages when it is resumed', async (t) => {
  const whole = await scripted(await tempFolder(t), script);
  await eventsOf(whole);
  const expected = await published(whole.request.out);
  assert.deepEqual(Object.keys(expected), ['repaired']);

  for (let stopAt = 1; stopAt < whole.done.length; stopAt += 1) {
    const { root, first } = await interrupted(t, stopAt);
    const half = await published(first.request.out);
    for (const [task, hash] of Object.entries(half)) assert.equal(hash, expected[task], `${task} is whole or absent`);

    const second = await scripted(root, script);
    const run = await onlyRun(first.request.out);
    const events = await eventsOf({ deps: second.deps, request: { ...second.request, resume: run } });
    assert.deepEqual(
      events.at(-1),
      { type: 'run-ended', outcome: 'done', accepted: 1, rejected: 1 },
      `stopped at ${stopAt}`,
    );
    assert.deepEqual(await published(first.request.out), expected, `stopped at ${stopAt}`);

    // What agents have answered is never asked again.
    const asked = (work: string): boolean => /^(profile|brainstorm|design)/.test(work);
    const answered = first.done.filter(asked);
    for (const work of new Set(answered)) {
      const times = [...first.done, ...second.done].filter((other) => other === work).length;
      assert.equal(times, whole.done.filter((other) => other === work).length, `${work}, stopped at ${stopAt}`);
    }
  }
});

test('a finished run that is resumed tells the same and does nothing', async (t) => {
  const root = await tempFolder(t);
  const first = await scripted(root, script);
  await eventsOf(first);
  const before = await published(first.request.out);
  const second = await scripted(root, script);
  const events = await eventsOf({
    deps: second.deps,
    request: { ...second.request, resume: await onlyRun(first.request.out) },
  });
  assert.deepEqual(second.done, []);
  assert.deepEqual(events.at(-1), { type: 'run-ended', outcome: 'done', accepted: 1, rejected: 1 });
  assert.deepEqual(await published(first.request.out), before);
});

test('a published task that was removed is forged again; one that was edited is left alone', async (t) => {
  const root = await tempFolder(t);
  const first = await scripted(root, { formulations: ['plain', 'repaired'] });
  await eventsOf(first);
  const { out } = first.request;
  const before = await published(out);
  await rm(path.join(out, 'plain'), { recursive: true });
  await writeFile(path.join(out, 'repaired', 'description.md'), 'edited by hand');
  const second = await scripted(root, { formulations: ['plain', 'repaired'] });
  await eventsOf({ deps: second.deps, request: { ...second.request, resume: await onlyRun(out) } });
  assert.equal((await published(out))['plain'], before['plain']);
  assert.equal(await readFile(path.join(out, 'repaired', 'description.md'), 'utf8'), 'edited by hand');
});

test('a run is not resumed on other data, under an unknown name, or while another process works on it', async (t) => {
  const root = await tempFolder(t);
  const first = await scripted(root, script);
  await eventsOf(first);
  const run = await onlyRun(first.request.out);
  const again = await scripted(root, script);
  const resume = (name: string) => eventsOf({ deps: again.deps, request: { ...again.request, resume: name } });
  await assert.rejects(resume('20200101-000000-abcdef'), { code: 'RUN_UNKNOWN' });
  await assert.rejects(resume('../escape'), { code: 'RUN_UNKNOWN' });
  await writeFile(path.join(root, 'data', 'table.csv'), 'changed');
  await assert.rejects(resume(run), { code: 'DATASET_CHANGED' });
});

test('a candidate that a fault of the program has spoilt, or that could not be measured, gets another chance', async (t) => {
  const whole = await scripted(await tempFolder(t), { formulations: ['plain'] });
  await eventsOf(whole);
  const expected = await published(whole.request.out);
  const incomplete = anError('LEK001', 'Not proven: the job was lost.', { incomplete: true });
  const troubles: Record<string, Script> = {
    fault: {
      formulations: ['plain'],
      before: (work) => {
        if (work === 'climb plain') throw new TypeError('undefined is not a function');
      },
    },
    unmeasured: { formulations: ['plain'], findings: { plain: { LEK: [[incomplete]] } } },
  };
  for (const [name, trouble] of Object.entries(troubles)) {
    const root = await tempFolder(t);
    const first = await scripted(root, trouble);
    const events = await eventsOf(first);
    assert.deepEqual(events.at(-1), { type: 'run-ended', outcome: 'done', accepted: 0, rejected: 1 }, name);
    const second = await scripted(root, { formulations: ['plain'] });
    const resume = await onlyRun(first.request.out);
    await eventsOf({ deps: second.deps, request: { ...second.request, resume } });
    assert.deepEqual(await published(first.request.out), expected, name);
  }
});

test('a run appears in one step: it can be resumed from the moment that it can be seen', async (t) => {
  const out = await tempFolder(t);
  const places = runFolder(out, '20260101-000000-abcdef');
  await createRunFolder(places, async (journal) => {
    await writeFile(journal, 'first line\n');
    assert.deepEqual(await listRuns(out), []);
  });
  assert.deepEqual(await listRuns(out), [places.run]);
  assert.equal(await readFile(places.journal, 'utf8'), 'first line\n');

  const other = path.join(out, 'deep', 'er');
  const failing = async (): Promise<void> => Promise.reject(new Error('no space'));
  await assert.rejects(createRunFolder(runFolder(other, places.run), failing), /no space/);
  assert.deepEqual((await readdir(out)).sort(), ['.mle-forge'], 'what did not begin leaves no folder');
});
