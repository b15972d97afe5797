// prepare.py splits as the formulation says, and close to the wanted share.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import type { Formulation } from '../../../src/blueprints/formulation.ts';
import { csvSource, tableTask } from '../../support/blueprint-tasks.ts';
import { assertSound, both, column, fileFolder, type Prepared, prepareAll } from '../../support/prepared.ts';
import { writeFiles } from '../../support/temp-folder.ts';

const folder = fileFolder();
const rows = 400;
const lines = (header: string, row: (n: number) => string, count = rows) =>
  `${header}\n${Array.from({ length: count }, (_, n) => `${row(n)}\n`).join('')}`;
const raw = await writeFiles(path.join(folder, 'raw'), {
  // Class c has four rows, d one; ten rows per person, whose class mix differs; two people have no name.
  'rows.csv': lines('x,person,y,label', (n) => {
    const label = n < 4 ? 'c' : n === 4 ? 'd' : n % 10 < 7 ? 'a' : 'b';
    return `${n},${n >= 390 ? '' : `p${Math.floor(n / 10)}`},${n / 7},${label}`;
  }),
  // Four rows per day, in no order; the last class comes up late only.
  'days.csv': lines('x,day,label', (n) => {
    const day = (n * 37) % 100;
    return `${n},${String(1 + (day % 28)).padStart(2, '0')}/${String(1 + Math.floor(day / 28)).padStart(2, '0')}/2024,${n % 100 === 27 ? '' : day > 97 ? 'late' : n % 2 ? 'a' : 'b'}`;
  }),
  'map.csv': lines('lat,lon,y', (n) => `${47 + (n % 20) / 4},${11 + Math.floor(n / 20) / 4},${n}`),
  'texts.csv': lines(
    'text,label',
    (n) => `"${n % 2 ? 'Hello, World' : 'hello   world!'} ${Math.floor(n / 4)}",${Math.floor(n / 4) % 2 ? 'a' : 'b'}`,
  ),
  'same.csv': lines('x,label', (n) => `${Math.floor(n / 2)},${n === 1 ? 'b' : Math.floor(n / 2) % 2 ? 'b' : 'a'}`),
  // Every x occurs twice, with both labels.
  'twins.csv': lines('x,shelf,label', (n) => `${Math.floor(n / 2)},s${n % 20},${'ab'[n % 2]}`),
  'train.csv': lines('x,label', (n) => `t${n},${'ab'[n % 2]}`, 80),
  'valid.csv': lines('x,label', (n) => `v${n},${'ab'[n % 2]}`, 20),
  'test.csv': lines('x,label', (n) => `s${n},${n === 0 ? 'z' : 'ab'[n % 2]}`, 40),
});
const table = csvSource('rows.csv', ['x', 'person', 'y', 'label']);
const classes = ['a', 'b', 'c', 'd'];
const x = { x: 'number' } as const;
const people: Partial<Formulation['split']> = { kind: 'group', together: { key: 'columns', columns: ['person'] } };
const part = (file: string, name: 'train' | 'validation' | 'test') => ({
  part: name,
  table: csvSource(file, ['x', 'label']),
});
const dropped = [
  { label: 'c', count: 4, reason: 'small' },
  { label: 'd', count: 1, reason: 'small' },
];

const built = prepareAll(folder, {
  random: { raw, formulation: tableTask({ source: { table }, features: x, target: 'y' }) },
  stratified: { raw, formulation: tableTask({ source: { table }, features: x, target: 'label', classes }) },
  group: {
    raw,
    formulation: tableTask({ source: { table }, features: x, target: 'label', classes, split: people }),
  },
  groupOfNumbers: { raw, formulation: tableTask({ source: { table }, features: x, target: 'y', split: people }) },
  droppedClasses: {
    raw,
    formulation: tableTask({
      source: { table },
      features: x,
      target: 'label',
      classes: ['a', 'b'],
      rows: { droppedClasses: dropped },
    }),
  },
  time: {
    raw,
    formulation: tableTask({
      source: { table: csvSource('days.csv', ['x', 'day', 'label']) },
      features: { x: 'number', day: 'datetime' },
      target: 'label',
      classes: ['a', 'b', 'late'],
      split: { kind: 'time', time: { column: 'day', format: '%d/%m/%Y' } },
    }),
  },
  grid: {
    raw,
    formulation: tableTask({
      source: { table: csvSource('map.csv', ['lat', 'lon', 'y']) },
      features: { lat: 'latitude', lon: 'longitude' },
      target: 'y',
      split: { kind: 'group', together: { key: 'grid', latitude: 'lat', longitude: 'lon', degrees: 0.5 } },
    }),
  },
  texts: {
    raw,
    formulation: tableTask({
      source: { table: csvSource('texts.csv', ['text', 'label']) },
      features: { text: 'text' },
      target: 'label',
      classes: ['a', 'b'],
      split: { kind: 'group', together: { key: 'normalized-text', column: 'text' } },
      rows: { dropDuplicates: true },
    }),
  },
  conflicting: {
    raw,
    formulation: tableTask({
      source: { table: csvSource('same.csv', ['x', 'label']) },
      features: { x: 'text' },
      target: 'label',
      classes: ['a', 'b'],
      rows: { dropDuplicates: true },
    }),
  },
  twins: {
    raw,
    formulation: tableTask({
      source: { table: csvSource('twins.csv', ['x', 'shelf', 'label']) },
      features: x,
      target: 'label',
      classes: ['a', 'b'],
      rows: { dropDuplicates: true },
    }),
  },
  twinsInGroups: {
    raw,
    formulation: tableTask({
      source: { table: csvSource('twins.csv', ['x', 'shelf', 'label']) },
      features: x,
      target: 'label',
      classes: ['a', 'b'],
      rows: { dropDuplicates: true },
      split: { kind: 'group', together: { key: 'columns', columns: ['shelf'] } },
    }),
  },
  official: {
    raw,
    formulation: tableTask({
      source: {
        table: csvSource('train.csv', ['x', 'label']),
        parts: [part('train.csv', 'train'), part('valid.csv', 'validation'), part('test.csv', 'test')],
      },
      features: x,
      target: 'label',
      classes: ['a', 'b', 'z'],
      split: { kind: 'official' },
    }),
  },
});

const share = ({ train, test: held }: Prepared) => held.rows.length / (train.rows.length + held.rows.length);
const overlap = (a: readonly string[], b: readonly string[]) => a.filter((value) => b.includes(value));
/** Person by the value of x, which is the number of the raw row. */
const personOf = (value: string) => (Number(value) >= 390 ? value : `p${Math.floor(Number(value) / 10)}`);

test('a random split holds out the wanted share', () => {
  assertSound(built.random, rows);
  assert.equal(share(built.random), 0.25);
});

test('ids and the order of rows do not follow the raw file', () => {
  const order = both(built.random, 'x').map(Number);
  const ids = both(built.random, 'id').map(Number);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const covariance = mean(ids.map((id, at) => (id - mean(ids)) * ((order[at] ?? 0) - mean(order))));
  assert.ok(Math.abs(covariance) / ((rows * rows) / 12) < 0.2, 'ids are a random permutation');
});

test('a stratified split keeps the shares of classes, and a class of one row is for training', () => {
  assertSound(built.stratified, rows);
  const count = (values: readonly string[], label: string) => values.filter((value) => value === label).length;
  const held = column(built.stratified.answers, 'label');
  assert.ok(Math.abs(share(built.stratified) - 0.25) < 0.01);
  assert.equal(count(held, 'c'), 1);
  assert.equal(count(held, 'd'), 0);
});

test('groups stay whole, the share is reached, and every test class can be learnt', () => {
  for (const name of ['group', 'groupOfNumbers'] as const) {
    assertSound(built[name], rows);
    const train = column(built[name].train, 'x').map(personOf);
    const held = column(built[name].test, 'x').map(personOf);
    assert.deepEqual(overlap(train, held), [], name);
    assert.ok(Math.abs(share(built[name]) - 0.25) < 0.02, `${name} ${share(built[name])}`);
  }
  const unnamed = [column(built.groupOfNumbers.train, 'x'), column(built.groupOfNumbers.test, 'x')].map(
    (values) => values.filter((value) => Number(value) >= 390).length,
  );
  assert.equal((unnamed[0] ?? 0) + (unnamed[1] ?? 0), 10);
  assert.ok((unnamed[0] ?? 0) > 0, 'rows without a person are no group');
});

test('classes that are left out are counted', () => {
  assertSound(built.droppedClasses, rows);
  assert.deepEqual(built.droppedClasses.printed, [
    'dropped 5 rows: the class has too few rows to be learnt and scored',
  ]);
});

test('a time split holds out the latest rows, keeps days whole and drops what cannot be learnt', () => {
  assertSound(built.time, rows);
  const day = (value: string) => value.split('/').reverse().join('-');
  const train = column(built.time.train, 'day').map(day).sort();
  const held = column(built.time.test, 'day').map(day).sort();
  assert.ok((train.at(-1) ?? '') < (held[0] ?? ''));
  assert.ok(Math.abs(share(built.time) - 0.25) < 0.03);
  assert.deepEqual(built.time.printed, [
    'dropped 4 rows: the target is missing',
    'dropped 4 rows: the class does not occur in the training part',
  ]);
});

test('blocks of the map stay whole', () => {
  assertSound(built.grid, rows);
  const blocks = ({ columns, rows: all }: Prepared['train']) =>
    all.map((row) => ['lat', 'lon'].map((name) => Math.floor(Number(row[columns.indexOf(name)]) / 0.5)).join());
  assert.deepEqual(overlap(blocks(built.grid.train), blocks(built.grid.test)), []);
  assert.ok(Math.abs(share(built.grid) - 0.25) < 0.02);
});

test('texts that differ in spelling marks only stay together, and repeated ones are dropped', () => {
  assertSound(built.texts, rows);
  assert.ok(built.texts.printed.includes('dropped 200 rows: the row repeats an earlier one'));
  const bare = (values: readonly string[]) => values.map((value) => value.replace(/\D/g, ''));
  assert.deepEqual(overlap(bare(column(built.texts.train, 'text')), bare(column(built.texts.test, 'text'))), []);
});

test('one text with two labels is left out', () => {
  assertSound(built.conflicting, rows);
  assert.deepEqual(built.conflicting.printed, [
    'dropped 199 rows: the row repeats an earlier one',
    'dropped 2 rows: equal texts have different labels',
  ]);
});

test('no test row has a twin in the training part, whatever its answer', () => {
  for (const name of ['twins', 'twinsInGroups'] as const) {
    assertSound(built[name], rows);
    assert.deepEqual(overlap(column(built[name].train, 'x'), column(built[name].test, 'x')), [], name);
  }
  assert.deepEqual(built.twins.printed, []);
  assert.ok(Math.abs(share(built.twins) - 0.25) < 0.05);
  assert.ok(built.twinsInGroups.printed.every((line) => line.endsWith('a test row agrees in all features')));
});

test('official parts stay as published; validation rows are for training', () => {
  assertSound(built.official, 140);
  assert.ok(column(built.official.test, 'x').every((value) => value.startsWith('s')));
  assert.equal(column(built.official.train, 'x').filter((value) => value.startsWith('v')).length, 20);
  assert.deepEqual(built.official.printed, ['dropped 1 rows: the class does not occur in the training part']);
});
