// A recorded run of a strong model on the bundled sample, replayed without a network: exploring, a derivation that is proven,
// a metric of its own, a grader that the panel broke and the model mended. UPDATE_GOLDEN=1 records what the model reads anew.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { hashFile } from '../../src/task/hashing.ts';
import { mleForge } from '../support/command-line.ts';
import { assertGolden } from '../support/golden.ts';
import { recordAnew } from '../support/recorded-forge.ts';
import { tempFolder } from '../support/temp-folder.ts';

const cassettes = path.resolve(import.meta.dirname, '../cassettes');
const cassette = path.join(cassettes, 'penguins.jsonl');
const dataset = path.resolve(import.meta.dirname, '../../media/sample/penguins');

test('a strong model forges from the sample what no rule proposes, byte for byte as it was recorded', async (t) => {
  const out = await tempFolder(t);
  // No judges and no solver: their questions depend on every figure of the verification.
  const roles = ['--judges', '0', '--actions', '0'];
  const forge = (folder: string) => ['forge', dataset, '--out', path.join(out, folder), '--max-tasks', '1', ...roles];
  if (process.env['UPDATE_GOLDEN'] === '1') await recordAnew(t, cassette, forge('recorded'));

  const outcome = await mleForge([...forge('replayed'), '--model', `replay:${cassette}`, '--json']);
  assert.equal(outcome.status, 0, outcome.stderr);
  const { tasks, rejected, cost } = JSON.parse(outcome.stdout);
  assert.equal(rejected.length, 0);
  const [task] = tasks;
  assert.deepEqual(
    [tasks.length, task.verdict, task.objective, task.metric, task.findings.error],
    [1, 'accepted', 'multi-output-regression', 'custom', 0],
  );
  const show = async (flag: string) => {
    const args = ['show', JSON.parse(outcome.stdout).run, '--out', path.join(out, 'replayed'), flag, '--json'];
    const shown = await mleForge(args);
    assert.equal(shown.status, 0, shown.stderr);
    return JSON.parse(shown.stdout);
  };
  const { exchanges } = await show('--transcript');
  assert.deepEqual(
    exchanges.map((entry: { call: { agent: string } }) => entry.call.agent),
    ['brainstormer', 'brainstormer', 'designer', 'designer', 'designer', 'refactor'],
  );
  assert.match(exchanges[2].reply.text, /prepare\.py/);
  assert.equal((await show('--bill')).bill.total.calls, 6);
  assert.equal((await show('--ledger')).ledger.find((row: { stage: string }) => row.stage === 'design').tried, 1);

  const recorded = (await readFile(cassette, 'utf8')).trim().split('\n').length;
  assert.deepEqual([cost.calls, cost.usd], [recorded, 0], 'each recorded answer is asked for once');

  const manifest = JSON.parse(await readFile(path.join(task.path, 'task.json'), 'utf8'));
  for (const [file, sha256] of Object.entries(manifest.hashes)) {
    assert.equal(await hashFile(path.join(task.path, file)), sha256, file);
  }
  assert.equal(manifest.provenance.engine, 'replay:penguins.jsonl');
  // The prompts of agents that had no part in it may change.
  const { prompts: _, ...provenance } = manifest.provenance;
  assertGolden(path.join(cassettes, 'penguins-task.json'), `${JSON.stringify({ ...manifest, provenance }, null, 2)}\n`);
});
