// Ctrl+C and SIGKILL against the real command line with the real Python: nothing half, nothing lost, nothing left running.
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { hashTree } from '../../src/task/hashing.ts';
import { mleForge, type Outcome } from '../support/command-line.ts';
import { descendants, goneWithin } from '../support/processes.ts';
import { plotsTable, randomNumbers } from '../support/tables.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

const cancelLimitMs = 2000;
/** A worker that is still starting when its parent is killed notices that as soon as Python runs. */
const orphanLimitMs = 5000;
/** A few in the suite; more with KILLS=20. */
const kills = Number(process.env['KILLS'] ?? 3);
const seed = Number(process.env['SEED'] ?? 1);

/** Every file of every published task, with its content. */
function published(out: string): Record<string, string> {
  const names = existsSync(out) ? readdirSync(out).filter((name) => name !== '.mle-forge') : [];
  const files = names.flatMap((name) => readdirSync(path.join(out, name), { recursive: true, withFileTypes: true }));
  const texts = files
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => [path.relative(out, file), readFileSync(file, 'utf8')] as const);
  return Object.fromEntries(texts.sort());
}

function onlyRun(out: string): string | undefined {
  const runs = path.join(out, '.mle-forge', 'runs');
  return existsSync(runs) ? readdirSync(runs)[0] : undefined;
}

const forge = (root: string, extra: readonly string[], onStart?: (child: ChildProcess) => void): Promise<Outcome> =>
  mleForge(['forge', 'data', '--out', 'out', '--max-tasks', '1', ...extra], {
    cwd: root,
    ...(onStart ? { onStart } : {}),
  });

test('a run that is killed at random moments is finished by --resume, with the same bytes', async (t) => {
  const reference = await tempFolder(t);
  await writeFiles(path.join(reference, 'data'), { 'plots.csv': plotsTable(400) });
  const started = Date.now();
  const whole = await forge(reference, []);
  const duration = Date.now() - started;
  const expected = published(path.join(reference, 'out'));
  assert.ok(Object.keys(expected).length > 0, whole.stderr);

  const random = randomNumbers(seed);
  const root = await tempFolder(t);
  await writeFiles(path.join(root, 'data'), { 'plots.csv': plotsTable(400) });
  const out = path.join(root, 'out');
  const data = await hashTree(path.join(root, 'data'));
  for (let kill = 1; kill <= kills; kill += 1) {
    const after = Math.round(random() * duration);
    const run = onlyRun(out);
    let family: number[] = [];
    let timer: NodeJS.Timeout | undefined;
    const outcome = await forge(root, run === undefined ? [] : ['--resume', run], (child) => {
      timer = setTimeout(() => {
        family = descendants(child.pid ?? 0);
        child.kill('SIGKILL');
      }, after);
    });
    clearTimeout(timer);
    const moment = `kill ${kill} after ${after} of ${duration} ms (SEED=${seed})`;
    const now = published(out);
    if (Object.keys(now).length > 0) assert.deepEqual(now, expected, moment);
    assert.deepEqual(await goneWithin(family, orphanLimitMs), [], `nothing of it still runs: ${moment}`);
    t.diagnostic(`${moment}: ${outcome.status === null ? 'killed' : `had ended with ${outcome.status}`}`);
    // A finished run has nothing left to interrupt: the next kills meet a new one.
    if (outcome.status !== null) await rm(out, { recursive: true });
  }
  const run = onlyRun(out);
  const last = await forge(root, run === undefined ? [] : ['--resume', run]);
  assert.equal(last.status, whole.status, last.stderr);
  assert.deepEqual(published(out), expected);
  assert.equal(await hashTree(path.join(root, 'data')), data);
});

for (const stage of ['profile', 'brainstorm', 'execute']) {
  test(`Ctrl+C after the start of ${stage} ends within 2 s, keeps the journal, leaves no process`, async (t) => {
    const root = await tempFolder(t);
    await writeFiles(path.join(root, 'data'), { 'plots.csv': plotsTable(2000) });
    const before = { profile: /^run /m, brainstorm: /^dataset {2}profile/m, execute: /review {2}/ }[stage] ?? /./;
    let family: number[] = [];
    let interruptedAt = 0;
    const outcome = await forge(root, [], (child) => {
      let said = '';
      child.stderr?.on('data', (text: string) => {
        said += text;
        if (interruptedAt > 0 || !before.test(said)) return;
        interruptedAt = 1;
        setTimeout(() => {
          family = descendants(child.pid ?? 0);
          interruptedAt = Date.now();
          child.kill('SIGINT');
        }, 300);
      });
    });
    const took = Date.now() - interruptedAt;
    assert.equal(outcome.status, 130, outcome.stderr);
    assert.ok(took < cancelLimitMs, `${took} ms`);
    assert.match(outcome.stderr, /--resume \d{8}-\d{6}-[0-9a-f]{6}/);
    assert.deepEqual(await goneWithin(family, cancelLimitMs), []);
    assert.ok(onlyRun(path.join(root, 'out')) !== undefined);
    assert.deepEqual(published(path.join(root, 'out')), {});
  });
}
