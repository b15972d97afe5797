// The tools around the bench: what a Designer is shown of them, and what keeps it from handing over.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bench } from '../../../src/agents/bench.ts';
import { benchTools, type Handover } from '../../../src/agents/designer/by-model/bench-tools.ts';
import { manifestGuide } from '../../../src/agents/designer/by-model/manifest-file.ts';
import { designedFiles, Workpiece } from '../../../src/agents/designer/by-model/workpiece.ts';
import { perform } from '../../../src/agents/loop/perform.ts';
import { toolSpecs } from '../../../src/agents/loop/tool.ts';
import { isProposal } from '../../../src/agents/proposal.ts';
import type { DatasetProfile } from '../../../src/dataset/profile.ts';
import type { Finding } from '../../../src/task/findings.ts';

const finding = (file: string): Finding => ({
  code: 'STR001',
  severity: 'error',
  message: 'It is missing.',
  file,
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  evidence: {},
  remedy: 'Write it.',
});

const manifest = {
  title: 'A task',
  summary: 'Predicts y from x.',
  modality: 'tabular',
  objective: 'regression',
  target: { columns: ['y'], derivation: 'The column y.' },
  features: { kept: ['x'], excluded: [] },
  split: { kind: 'random', by: [], test_fraction: 0.25, seed: 0, reason: 'Rows are independent.' },
  metric: { name: 'rmse', direction: 'minimize', best: 0, worst: null, reason: 'It is in the unit of y.' },
  submission: {
    format: 'csv',
    id_column: 'id',
    columns: [{ name: 'y', dtype: 'number', description: 'y', of: { column: 'y', class: null } }],
  },
};

function bench(findings: readonly Finding[]) {
  const lent: Bench = {
    folder: 'staging',
    build: async () => ({ tree: '', problem: null }),
    check: async () => findings,
    climb: async () => ({ ladder: [], findings }),
  };
  const proposal = { kind: 'proposal', id: 'a-task', data: [{ file: 'x.csv', use: 'all' }], rows: { raw: 1 } };
  assert.ok(isProposal(proposal as never));
  const profile = { name: 'x', sha256: '0'.repeat(64), documents: [] } as unknown as DatasetProfile;
  const facts = { proposal: proposal as never, profile, seed: 0, engine: 'test:model', prompts: '0'.repeat(64) };
  const files = Object.fromEntries(designedFiles.map((file) => [file, 'X = 1\n']));
  const piece = new Workpiece(lent, facts, { ...files, 'task.json': JSON.stringify(manifest) });
  const handed: Handover[] = [];
  const tools = benchTools(piece, (over) => handed.push(over));
  const call = (name: string, args: object = {}) =>
    perform(
      { name, input: { kind: 'json', text: JSON.stringify(args) }, callId: null, fault: null },
      tools,
      new AbortController().signal,
    );
  return { call, handed, tools };
}

test('every endpoint takes the schemas of the tools', () => {
  const names = toolSpecs(bench([]).tools).map(({ name }) => name);
  assert.deepEqual(names, ['build', 'check', 'climb', 'finish', 'give_up']);
});

test('the guide to the manifest is the schema, without what only an editor shows', () => {
  const guide = manifestGuide();
  assert.match(guide, /"objective_definition"/);
  assert.match(guide, /"kind": \{\n\s+"type": "string",\n\s+"enum": \["random", "stratified"/);
  assert.doesNotMatch(guide, /markdownEnumDescriptions|defaultSnippets/);
});

test('a draft is handed over after a build, a check and a climb, not before', async () => {
  const { call, handed } = bench([]);
  assert.equal((await call('finish', { changes: [] })).ok, false);
  for (const step of ['build', 'check', 'climb']) assert.equal((await call(step)).ok, true, step);
  assert.equal((await call('finish', { changes: ['Built it.'] })).ok, true);
  assert.deepEqual(handed, [{ kind: 'finished', changes: ['Built it.'] }]);
});

test('an error in its own files keeps a draft back; one in a file that another agent writes does not', async () => {
  for (const [file, ok] of [
    ['prepare.py', false],
    ['README.md', true],
  ] as const) {
    const { call } = bench([finding(file)]);
    await call('build');
    assert.equal((await call('check')).ok, ok, file);
    assert.equal((await call('climb')).ok, ok, file);
    assert.equal((await call('finish', { changes: [] })).ok, ok, file);
  }
});

test('giving up is an end with a reason', async () => {
  const { call, handed } = bench([]);
  await call('give_up', { reason: 'There is no signal.' });
  assert.deepEqual(handed, [{ kind: 'given-up', reason: 'There is no signal.' }]);
});
