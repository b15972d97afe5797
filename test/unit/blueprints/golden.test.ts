// Generated packages as people will read them. UPDATE_GOLDEN=1 rewrites the files after a change that is meant.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { blueprintFor } from '../../../src/blueprints/catalogue.ts';
import type { Formulation } from '../../../src/blueprints/formulation.ts';
import { csvSource, mediaTask, tableTask } from '../../support/blueprint-tasks.ts';
import { emptyProfile } from '../../support/formulations.ts';
import { assertGolden } from '../../support/golden.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const golden = path.join(root, 'test/golden/blueprints');
const rooms = csvSource('rooms.csv', ['room', 'day', 'area', 'floor', 'rent', 'heating', 'lat', 'lon'], {
  encoding: 'cp1252',
  delimiter: ';',
});
const database = (table: string, columns: string[]) =>
  ({ format: 'sqlite', path: 'shop.sqlite', compression: 'none', member: null, table, columns }) as const;

const packages: Readonly<Record<string, Formulation>> = {
  'tabular-group': tableTask({
    source: { table: rooms, missingCodes: { area: ['-'] } },
    features: { area: 'number', floor: 'category', rent: 'number' },
    target: 'heating',
    classes: ['district', 'gas', 'oil'],
    objective: 'multiclass-classification',
    metric: 'macro-f1',
    rows: { droppedClasses: [{ label: 'wood', count: 3, reason: 'It has three rows.' }] },
    split: { kind: 'group', together: { key: 'columns', columns: ['room'] } },
  }),
  'geospatial-regression': tableTask({
    source: { table: rooms },
    features: { area: 'number', lat: 'latitude', lon: 'longitude' },
    target: 'rent',
    split: { kind: 'group', together: { key: 'grid', latitude: 'lat', longitude: 'lon', degrees: 0.05 } },
  }),
  forecasting: tableTask({
    source: { table: rooms },
    features: { day: 'datetime', room: 'category', heating: 'category' },
    history: ['heating'],
    target: 'rent',
    objective: 'forecasting',
    metric: 'mae',
    split: { kind: 'time', time: { column: 'day', format: 'iso' }, series: ['room'] },
  }),
  relational: tableTask({
    source: {
      table: database('Order', ['OrderId', 'CustomerId', 'Paid']),
      lookups: [
        {
          table: database('Customer', ['CustomerId', 'City']),
          from: 'CustomerId',
          to: 'CustomerId',
          columns: ['City'],
          prefix: 'Customer_',
        },
      ],
      aggregates: [
        {
          table: database('Line', ['OrderId', 'Price']),
          from: 'OrderId',
          to: 'OrderId',
          outputs: [
            { name: 'Line_count', column: null, function: 'count' },
            { name: 'Price_mean', column: 'Price', function: 'mean' },
          ],
        },
      ],
    },
    features: { Customer_City: 'category', Line_count: 'number', Price_mean: 'number' },
    target: 'Paid',
  }),
  'image-sessions': mediaTask(
    {
      kind: 'media',
      media: 'image',
      root: 'photos',
      extensions: ['.jpg', '.png'],
      label: { from: 'folder', level: 1, classes: [] },
      table: null,
      broken: [],
    },
    ['cat', 'dog'],
    { kind: 'group', together: { key: 'name-run', pattern: '(\\d+)(?!.*\\d)', length: 20 } },
  ),
};

/** The baselines and the metric have golden files and tests of their own. */
const shown = ['prepare.py', 'description.md'];

for (const [name, formulation] of Object.entries(packages)) {
  test(`the package ${name} is as reviewed`, () => {
    const files = blueprintFor(formulation)?.build(formulation, emptyProfile).files ?? {};
    for (const file of shown) assertGolden(path.join(golden, name, file), files[file] ?? '');
  });
}

test('the generated programs are as a linter and a formatter want them', (t) => {
  const venv = path.join(root, '.cache/venv/bin/python');
  const python = process.env['MLE_FORGE_PYTHON'] ?? (existsSync(venv) ? venv : 'python3');
  const ruff = (...args: string[]) => spawnSync(python, ['-m', 'ruff', ...args], { encoding: 'utf8' });
  if (ruff('--version').status !== 0) return t.skip('ruff is not installed');
  const programs = Object.keys(packages).map((name) => path.join(golden, name, 'prepare.py'));
  const options = ['--isolated', '--line-length', '120'];
  const rules = 'E,F,W,I,N,UP,B,C4,SIM,RET,PTH,RUF';
  const check = ruff('check', ...options, '--no-cache', '--target-version', 'py311', '--select', rules, ...programs);
  assert.equal(check.status, 0, check.stdout);
  const format = ruff('format', ...options, '--no-cache', '--check', ...programs);
  assert.equal(format.status, 0, format.stdout);
});
