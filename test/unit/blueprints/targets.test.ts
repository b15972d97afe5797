// prepare.py derives the target, joins tables, forecasts forward only, and survives hostile names.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import type { TableSource } from '../../../src/dataset/source.ts';
import { csvSource, tableTask } from '../../support/blueprint-tasks.ts';
import { assertSound, both, column, fileFolder, prepareAll, pythonRawData } from '../../support/prepared.ts';
import { writeFiles } from '../../support/temp-folder.ts';

const folder = fileFolder();
const binary = pythonRawData(folder);
const rows = 120;
const lines = (row: (n: number) => string) => Array.from({ length: rows }, (_, n) => `${row(n)}\n`).join('');
const hostileNames = ['"""', "a'b\\", '{x}', '%s', '=1+1', '名前', 'a|b`c', '__import__("os").getcwd()'];
const csvText = (text: string) => `"${text.replaceAll('"', '""')}"`;
const hostileLabels = ['line\nbreak', '"""\\', "it's {x} %d"];
const raw = await writeFiles(path.join(folder, 'raw'), {
  'numbers.csv': `x,zip,y,z\n${lines((n) => `${n},0${n},${n === 7 ? 'NA' : n === 8 ? 'inf' : `${n}.50`},${n === 9 ? '-999' : n}`)}`,
  'series.csv': `day,shop,sold,rain,holiday\n${lines((n) => `2024-${String(1 + Math.floor(n / 56)).padStart(2, '0')}-${String(1 + (Math.floor(n / 2) % 28)).padStart(2, '0')},${n % 2 ? 'B' : 'A'},${n},${n / 2},${n % 14 === 0 ? 1 : 0}`)}2024-12-24,new,5,0,1\n`,
  'hostile.csv': `${[...hostileNames, 'the "label"'].map(csvText).join()}\n${lines((n) => [...hostileNames.map(() => csvText(n === 0 ? 'NA' : `v${n}`)), csvText(hostileLabels[n % 3] ?? '')].join())}`,
});
const numbers = csvSource('numbers.csv', ['x', 'zip', 'y', 'z']);
const database = (table: string, columns: string[]): TableSource => ({
  format: 'sqlite',
  path: 'shop.sqlite',
  compression: 'none',
  member: null,
  table,
  columns,
});

const built = prepareAll(folder, {
  regression: {
    raw,
    formulation: tableTask({
      source: { table: numbers, missingCodes: { y: ['NA'], z: ['-999'] } },
      features: { zip: 'category', z: 'number' },
      target: 'y',
    }),
  },
  bins: {
    raw,
    formulation: tableTask({
      source: { table: numbers },
      features: { zip: 'category' },
      target: { level: 'x' },
      classes: ['low', 'middle', 'high'],
      transform: { kind: 'bins', edges: [40, 80], labels: ['low', 'middle', 'high'] },
      objective: 'ordinal-regression',
      metric: 'quadratic-kappa',
    }),
  },
  several: {
    raw,
    formulation: tableTask({
      source: { table: numbers },
      features: { zip: 'category' },
      target: { first: 'x', y: 'y' },
      objective: 'multi-output-regression',
    }),
  },
  probability: {
    raw,
    formulation: tableTask({
      source: { table: csvSource('series.csv', ['day', 'shop', 'sold', 'rain', 'holiday']) },
      features: { sold: 'number' },
      target: 'shop',
      classes: ['A', 'B'],
      rows: { droppedClasses: [{ label: 'new', count: 1, reason: 'one row' }] },
      metric: 'roc-auc',
      positive: 'B',
    }),
  },
  probabilities: {
    raw,
    formulation: tableTask({
      source: { table: csvSource('hostile.csv', [...hostileNames, 'the "label"']), missingCodes: { '"""': ['NA'] } },
      features: Object.fromEntries(hostileNames.map((name) => [name, 'category'] as const)),
      target: 'the "label"',
      classes: hostileLabels,
      metric: 'log-loss',
    }),
  },
  forecast: {
    raw,
    formulation: tableTask({
      source: { table: csvSource('series.csv', ['day', 'shop', 'sold', 'rain', 'holiday']) },
      features: { day: 'datetime', shop: 'category', holiday: 'boolean', rain: 'number' },
      history: ['rain'],
      target: 'sold',
      objective: 'forecasting',
      metric: 'mae',
      split: { kind: 'time', time: { column: 'day', format: 'iso' }, series: ['shop'] },
    }),
  },
  relational: {
    raw: path.join(binary, 'sqlite'),
    formulation: tableTask({
      source: {
        table: database('Order', ['OrderId', 'CustomerId', 'Paid', 'Label']),
        lookups: [
          {
            table: database('Customer', ['CustomerId', 'City', 'CountryId']),
            from: 'CustomerId',
            to: 'CustomerId',
            columns: ['City', 'CountryId'],
            prefix: 'customer_',
          },
          {
            table: database('Country', ['CountryId', 'Name']),
            from: 'customer_CountryId',
            to: 'CountryId',
            columns: ['Name'],
            prefix: 'country_',
          },
        ],
        aggregates: [
          {
            table: database('Line', ['OrderId', 'Price', 'Item']),
            from: 'OrderId',
            to: 'OrderId',
            outputs: [
              { name: 'lines', column: null, function: 'count' },
              { name: 'items', column: 'Item', function: 'distinct' },
              { name: 'total', column: 'Price', function: 'sum' },
              { name: 'mean', column: 'Price', function: 'mean' },
            ],
          },
        ],
      },
      features: {
        Paid: 'number',
        customer_City: 'text',
        country_Name: 'category',
        lines: 'number',
        items: 'number',
        total: 'number',
        mean: 'number',
      },
      target: 'Label',
      classes: ['a', 'b'],
      split: { kind: 'entity', together: { key: 'columns', columns: ['CustomerId'] } },
    }),
  },
});

test('rows without a finite target are dropped and values stay as written', () => {
  assertSound(built.regression, rows);
  assert.deepEqual(built.regression.printed, ['dropped 2 rows: the target is missing']);
  assert.ok(both(built.regression, 'zip').includes('007') === false && both(built.regression, 'zip').includes('05'));
  assert.equal(both(built.regression, 'z').filter((value) => value === '').length, 1, '-999 is missing');
  assert.ok(column(built.regression.answers, 'y').every((value) => value.endsWith('.50')));
  assert.ok(column(built.regression.sample, 'y').every((value) => column(built.regression.train, 'y').includes(value)));
});

test('bins cut a number into ordered levels', () => {
  assertSound(built.bins, rows);
  const levels = new Map(
    both(built.bins, 'zip')
      .slice(0, built.bins.train.rows.length)
      .map((zip, at) => [Number(zip), column(built.bins.train, 'level')[at]]),
  );
  for (const [number, level] of levels) assert.equal(level, number < 40 ? 'low' : number < 80 ? 'middle' : 'high');
});

test('several numbers are asked at once', () => {
  assertSound(built.several, rows);
  assert.deepEqual(built.several.sample.columns, ['id', 'first', 'y']);
  assert.deepEqual(built.several.test.columns, ['id', 'zip']);
});

test('the sample submission asks for one probability, or for one per class', () => {
  assertSound(built.probability, rows + 1);
  assert.ok(column(built.probability.sample, 'shop').every((value) => Number(value) >= 0 && Number(value) <= 1));
  assertSound(built.probabilities, rows);
  assert.deepEqual(built.probabilities.sample.columns, ['id', ...hostileLabels.map((label) => `prob_${label}`)]);
  for (const row of built.probabilities.sample.rows) {
    assert.ok(Math.abs(row.slice(1).reduce((sum, value) => sum + Number(value), 0) - 1) < 1e-4);
  }
});

test('hostile names, labels and values come through as they are', () => {
  assert.deepEqual(built.probabilities.test.columns, ['id', ...hostileNames]);
  assert.deepEqual(
    new Set(
      both(built.probabilities, hostileNames[1] ?? '')
        .slice(0, 3)
        .map((value) => value[0]),
    ).size > 0,
    true,
  );
  assert.deepEqual(new Set(column(built.probabilities.train, 'the "label"')), new Set(hostileLabels));
  assert.equal(both(built.probabilities, '"""').filter((value) => value === '').length, 1);
});

test('a forecast sees nothing of the future, and no series without a past', () => {
  assertSound(built.forecast, rows + 1);
  assert.deepEqual(built.forecast.train.columns, ['id', 'day', 'shop', 'holiday', 'rain', 'sold']);
  assert.deepEqual(built.forecast.test.columns, ['id', 'day', 'shop', 'holiday']);
  const last = column(built.forecast.train, 'day').toSorted().at(-1) ?? '';
  assert.ok(column(built.forecast.test, 'day').every((day) => day > last));
  assert.deepEqual(new Set(column(built.forecast.test, 'shop')), new Set(['A', 'B']));
  assert.deepEqual(built.forecast.printed, ['dropped 1 rows: the series has no past']);
});

test('parents are looked up over two steps and children summed up', () => {
  assertSound(built.relational, 60);
  const { columns, rows: all } = built.relational.train;
  const value = (row: readonly string[], name: string) => row[columns.indexOf(name)] ?? '';
  for (const row of all) {
    const order = Number(value(row, 'Paid')) * 4;
    const customer = order % 20;
    assert.equal(value(row, 'customer_City'), `city ${customer}`);
    assert.equal(value(row, 'country_Name'), ['AT', 'BE', ''][customer % 3]);
    assert.equal(value(row, 'lines'), String(order % 4));
    assert.equal(value(row, 'items'), String(Math.min(2, order % 4)));
    assert.equal(value(row, 'total'), ['0', '0.1', '0.3', '0.6'][order % 4]);
    assert.equal(value(row, 'mean'), ['', '0.1', '0.15', '0.2'][order % 4]);
  }
});
