import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeTable } from '../../../src/dataset/judge-table.ts';
import { labels, numbers, rows, table, unique } from './profiles.ts';

const targets = (columns: Parameters<typeof table>[0], more: Parameters<typeof table>[1] = {}) =>
  judgeTable(table(columns, more)).targets;
const half = { yes: 500, no: 500 };

describe('what is worth predicting', () => {
  it('are balanced classes and numbers with many values', () => {
    const found = targets([labels('outcome', half), numbers('price', 1, 900), numbers('height', 1, 2)]);
    assert.deepEqual(
      found.map((target) => [target.column, target.objective]),
      [
        ['outcome', 'binary-classification'],
        ['price', 'regression'],
        ['height', 'regression'],
      ],
    );
    assert.ok(found.every((target) => target.appeal > 0 && target.appeal <= 1 && target.reason !== ''));
  });

  it('are levels with an order, as such', () => {
    const top = [3, 4, 5, 6].map((value) => ({ value: String(value), count: rows / 4 }));
    const [found] = targets([numbers('quality', 3, 6, { kind: 'integer', distinct: 4, top })]);
    assert.equal(found?.objective, 'ordinal-regression');
  });

  it('are rare events, when there are enough of them', () => {
    const [found] = targets([labels('fraud', { no: 99_500, yes: 500 })], { rows: 100_000 });
    assert.equal(found?.column, 'fraud');
    assert.deepEqual(targets([labels('fraud', { no: 980, yes: 20 })]), []);
  });

  it('are not identifiers, constants, texts, links, times or places', () => {
    const time = {
      format: 'iso',
      minimum: '2020-01-01',
      maximum: '2020-12-31',
      distinct: 366,
      medianStepSeconds: 86400,
      regularSteps: 1,
    };
    const found = targets([
      numbers('id', 1, rows, { kind: 'integer', distinct: rows, sorted: 'ascending' }),
      labels('region', { north: rows }),
      unique('review', (at) => `I liked the film number ${at} quite a lot`),
      unique('link', (at) => `https://example.org/${at}`),
      unique('day', (at) => `2020-01-${at}`, { kind: 'date', text: null, time }),
      numbers('latitude', 40, 50),
      numbers('longitude', 0, 10),
      labels('email', { 'a@b.org': 500, 'c@d.org': 500 }),
    ]);
    assert.deepEqual(found, []);
  });

  it('are not mostly missing, of one value, or classes of a few rows', () => {
    assert.deepEqual(targets([numbers('price', 1, 900, { missing: 600 })]), []);
    const few = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`class ${at}`, 19]));
    assert.deepEqual(targets([labels('class', few)]), []);
    const scattered = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`class ${at}`, at < 2 ? 50 : 15]));
    assert.deepEqual(targets([labels('state', scattered)]), [], 'two large classes hold a tenth of the rows');
    const piled = numbers('price', 0, 900);
    assert.ok(piled.numeric);
    assert.deepEqual(targets([{ ...piled, numeric: { ...piled.numeric, atMinimum: 700 } }]), []);
  });

  it('are, without names, first of all what stands at the end', () => {
    const unnamed = [1, 2, 3].map((at) => numbers(`column_${at}`, 0, 1));
    const last = numbers('column_4', 1, 29, { kind: 'integer', distinct: 28 });
    const [first, second] = targets([...unnamed, last]);
    assert.equal(first?.column, 'column_4');
    assert.ok((second?.appeal ?? 1) < 0.55);
    const ends = targets([labels('column_1', half), ...unnamed.slice(1)]);
    assert.deepEqual(
      ends.filter((target) => target.appeal >= 0.55).map((target) => target.column),
      ['column_3', 'column_1'],
    );
  });

  it('are, without names, levels only where they look like a scale', () => {
    const levels = (counts: Readonly<Record<string, number>>) => {
      const top = Object.entries(counts).map(([value, count]) => ({ value, count }));
      return targets([
        numbers('column_1', 0, 1),
        numbers('column_2', 1, 9, { kind: 'integer', distinct: top.length, top }),
      ])[0]?.objective;
    };
    assert.equal(levels({ 5: 500, 4: 200, 6: 150, 3: 100, 7: 50 }), 'ordinal-regression');
    assert.equal(levels({ 1: 300, 2: 400, 3: 300 }), 'multiclass-classification');
    assert.equal(levels({ 1: 300, 2: 300, 3: 100, 5: 200, 6: 100 }), 'multiclass-classification');
    assert.equal(levels({ 1: 300, 2: 100, 3: 300, 4: 200, 5: 100 }), 'multiclass-classification');
  });

  it('is one column of those that only restate each other', () => {
    const columns = [labels('species', half), labels('species_code', { a: 500, b: 500 })];
    const found = targets(columns, { aliases: [['species', 'species_code']] });
    assert.deepEqual(
      found.map((target) => target.column),
      ['species'],
    );
  });

  it('is less appealing when its name is a code of something else', () => {
    const [first, second] = targets([labels('store_id', half), labels('answer', half)]);
    assert.equal(first?.column, 'answer');
    assert.ok((first?.appeal ?? 0) > (second?.appeal ?? 1));
  });
});

describe('what nobody asks for loses its appeal', () => {
  const appeals = (columns: Parameters<typeof table>[0]) =>
    new Map(targets(columns).map((target) => [target.column, target]));
  const losers: readonly [string, Parameters<typeof table>[0][number], RegExp][] = [
    ['how records are stored', numbers('file_size', 1, 9e6), /made or stored/],
    ['which study they come from', labels('study name', { alpha: 500, beta: 500 }), /made or stored/],
    ['how they were processed', labels('state_of_row', { automatic: 400, reviewed: 600 }), /processed/],
    ['how well something was measured', numbers('residual', 0, 1), /how well/],
    ['the method behind another column', labels('depth_type', { float: 500, probe: 500 }), /`depth` was measured/],
    ['codes that mean nothing', labels('series', { AB0701: 500, AB0802: 500 }), /codes that mean nothing/],
    ['where a row comes from', labels('island', { north: 500, south: 500 }), /usually known/],
  ];
  for (const [what, column, reason] of losers) {
    it(`such as ${what}`, () => {
      const found = appeals([column, labels('answer', half), numbers('depth', 1, 9), numbers('height', 1, 2)]);
      const loser = found.get(column.name);
      assert.match(loser?.reason ?? '', reason);
      assert.ok((loser?.appeal ?? 1) < (found.get('answer')?.appeal ?? 0));
    });
  }

  it('such as a place that stands on the map already', () => {
    const plain = appeals([labels('region', half), numbers('height', 1, 2)]);
    const mapped = appeals([labels('region', half), numbers('latitude', 1, 9), numbers('longitude', 1, 9)]);
    assert.ok((mapped.get('region')?.appeal ?? 1) < (plain.get('region')?.appeal ?? 0));
  });

  it('such as a direction, although it is called y', () => {
    const length = numbers('length', 0, 9);
    const axes = appeals([numbers('x', 0, 9), numbers('y', 0, 9), numbers('z', 0, 9), length]);
    const plain = appeals([numbers('x', 0, 9), numbers('y', 0, 9), length]);
    assert.ok((axes.get('y')?.appeal ?? 1) < (plain.get('y')?.appeal ?? 0) - 0.2);
  });

  it('such as a part of the calendar beside another, or a position', () => {
    const places = { 'POINT (-73.9 40.7)': 500, 'POINT (-73.8 40.6)': 500 };
    const found = targets([
      numbers('year', 2000, 2015),
      numbers('date', 2000, 2016),
      numbers('Y Coordinate (State Plane)', 122_000, 270_000),
      labels('place', places),
      numbers('Y', 40, 41),
      numbers('mass', 1, 9),
    ]);
    const appeal = Object.fromEntries(found.map((target) => [target.column, target.appeal]));
    for (const framed of ['year', 'date', 'Y Coordinate (State Plane)', 'Y']) assert.ok((appeal[framed] ?? 0) < 0.1);
    assert.ok((appeal['mass'] ?? 0) > 0.5);
    assert.ok((targets([numbers('sung', 1, 9), numbers('year', 1950, 2010)])[0]?.appeal ?? 0) > 0.5);
  });

  it('but a word that several numbers share lifts none of them', () => {
    const alone = appeals([numbers('total_sales', 1, 900), numbers('height', 1, 2)]);
    const shared = appeals([numbers('total_rooms', 1, 900), numbers('total_beds', 1, 900), numbers('height', 1, 2)]);
    assert.ok((alone.get('total_sales')?.appeal ?? 0) > (shared.get('total_rooms')?.appeal ?? 1));
  });
});
