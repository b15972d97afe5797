// What people read: the description, the README and the manifest agree with the formulation and give nothing away.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blueprintFor } from '../../../src/blueprints/catalogue.ts';
import type { Formulation } from '../../../src/blueprints/formulation.ts';
import { renderReadme } from '../../../src/blueprints/readme.ts';
import type { DatasetProfile } from '../../../src/dataset/profile.ts';
import { hashTree } from '../../../src/task/hashing.ts';
import { taskSpecSchema } from '../../../src/task/spec.ts';
import { csvSource, mediaTask, tableTask } from '../../support/blueprint-tasks.ts';
import { emptyProfile } from '../../support/formulations.ts';

const table = csvSource('secret_raw_name.csv', ['x', 'a|b`c', 'y']);
const hostile = tableTask({
  source: { table },
  features: { x: 'number', 'a|b`c': 'category' },
  target: 'y',
  classes: ['one', 'two, "three"\n', '<img src=x>'],
  objective: 'multiclass-classification',
});

function draft(formulation: Formulation, profile: DatasetProfile = emptyProfile) {
  const blueprint = blueprintFor(formulation);
  assert.ok(blueprint);
  return blueprint.build(formulation, profile);
}

const page = (formulation: Formulation) => draft(formulation).files['description.md'] ?? '';

test('the page names public files, columns, the metric and its direction, and nothing private', () => {
  const text = page(hostile);
  for (const name of ['train.csv', 'test.csv', 'sample_submission.csv', '`x`', '`y`', 'Accuracy', 'Higher is better']) {
    assert.ok(text.includes(name), name);
  }
  assert.doesNotMatch(text, /prepare|private|answer\.csv|secret_raw_name|raw data/);
});

test('hostile names and classes neither format the page nor end a table row', () => {
  const text = page(hostile);
  assert.ok(text.includes('| ``a\\|b`c`` |'));
  assert.ok(text.includes('`two, "three"\\n`'));
  assert.doesNotMatch(text.replace(/(`+)[\s\S]*?\1/g, ''), /<img/);
});

test('the example of a submission has the columns of the manifest and values that it allows', () => {
  const numbers = draft(
    tableTask({
      source: { table },
      features: { x: 'number' },
      target: { first: 'x', second: 'y' },
      objective: 'multi-output-regression',
    }),
  );
  assert.match(numbers.files['description.md'] ?? '', /```csv\nid,first,second\n3,[\d.]+,[\d.]+\n/);
  const shares = page(
    tableTask({
      source: { table },
      features: { x: 'number' },
      target: 'y',
      classes: ['a', 'b', 'c'],
      metric: 'log-loss',
    }),
  );
  const row = /\n3,(.+)\n/.exec(shares)?.[1]?.split(',').map(Number) ?? [];
  assert.equal(row.length, 3);
  assert.ok(Math.abs(row.reduce((sum, value) => sum + value, 0) - 1) < 1e-3);
});

test('the page says how the test part differs, in words that fit the split', () => {
  const split = (change: Partial<Formulation['split']>) =>
    page(tableTask({ source: { table }, features: { x: 'number' }, target: 'y', split: change }));
  assert.match(split({ kind: 'time', time: { column: 'x', format: 'iso' } }), /later than everything in `train\.csv`/);
  assert.match(split({ kind: 'group', together: { key: 'columns', columns: ['PatientId'] } }), /same patient id/);
  assert.match(
    split({ kind: 'group', together: { key: 'grid', latitude: 'x', longitude: 'y', degrees: 0.5 } }),
    /squares of the map/,
  );
  assert.match(split({ kind: 'official' }), /publisher of the data/);
});

test('every kind of task has its blueprint', () => {
  const media = (kind: 'image' | 'audio' | 'text') =>
    mediaTask(
      {
        kind: 'media',
        media: kind,
        root: '',
        extensions: ['.x'],
        label: { from: 'folder', level: 1, classes: [] },
        table: null,
        broken: [],
      },
      ['a', 'b'],
    );
  const time = { kind: 'time', time: { column: 'x', format: 'iso' } } as const;
  const base = { source: { table }, features: { x: 'number' }, target: 'y' } as const;
  const lookup = { table, from: 'x', to: 'x', columns: ['y'], prefix: 'p_' };
  const kinds: [string, Formulation][] = [
    ['image', media('image')],
    ['audio', media('audio')],
    ['text', media('text')],
    ['tabular', tableTask(base)],
    ['forecasting', tableTask({ ...base, objective: 'forecasting', split: time })],
    ['time-ordered', tableTask({ ...base, split: time })],
    ['relational', tableTask({ ...base, source: { table, lookups: [lookup] } })],
    [
      'geospatial',
      tableTask({ ...base, split: { together: { key: 'grid', latitude: 'x', longitude: 'y', degrees: 1 } } }),
    ],
    ['text', { ...tableTask({ ...base, features: { x: 'text' } }), modality: 'text' }],
  ];
  for (const [name, formulation] of kinds) assert.equal(blueprintFor(formulation)?.name, name);
  assert.equal(blueprintFor({ ...tableTask(base), objective: 'ranking' }), undefined);
});

test('the manifest is valid and names the packages that the scripts import', async () => {
  const profile: DatasetProfile = {
    ...emptyProfile,
    sha256: await hashTree(import.meta.filename),
    documents: [
      { path: 'README.md', kind: 'readme', text: '# Data\n\nSource: The Institute of Things, 2020.\n' },
      { path: 'LICENSE', kind: 'licence', text: 'MIT License\n\nPermission is hereby granted' },
    ],
  };
  const { manifest } = draft(
    { ...hostile, split: { ...hostile.split, kind: 'group', together: { key: 'columns', columns: ['x'] } } },
    profile,
  );
  const complete = { ...manifest, rows: { raw: 1, train: 1, test: 0, dropped: [] }, difficulty: null, hashes: {} };
  assert.deepEqual(taskSpecSchema.safeParse(complete).error, undefined);
  assert.deepEqual(manifest.split.by, ['x']);
  assert.equal(manifest.dataset.licence, 'MIT (LICENSE)');
  assert.equal(manifest.dataset.source, 'The Institute of Things, 2020.');
  assert.ok(manifest.requires.includes('pandas') && !manifest.requires.includes('pillow'));
  assert.deepEqual(manifest.submission.columns[0]?.allowed, hostile.target.classes);
});

test('an id of the raw table that keeps rows together is not mistaken for the public id', () => {
  const { files, manifest } = draft({
    ...hostile,
    split: { ...hostile.split, kind: 'group', together: { key: 'columns', columns: ['id'] } },
  });
  assert.ok(!manifest.split.by.includes('id'));
  assert.match(files['description.md'] ?? '', /Rows of the same entity are all on one side/);
});

test('the README tells how to build, submit and grade', () => {
  const text = renderReadme(draft(hostile).manifest);
  assert.match(text, /python prepare\.py RAW data\/public data\/private/);
  assert.match(text, /from metric import evaluate/);
  assert.match(text, /Accuracy: higher is better, 1 is perfect/);
});

test('equal formulations give equal packages', () => {
  assert.deepEqual(draft(structuredClone(hostile)), draft(hostile));
});
