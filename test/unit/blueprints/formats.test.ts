// prepare.py reads every raw format as text, exactly as it is written.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { jsonLayouts, type TableSource } from '../../../src/dataset/source.ts';
import { csvSource, tableTask } from '../../support/blueprint-tasks.ts';
import { emptyProfile } from '../../support/formulations.ts';
import { assertSound, both, column, fileFolder, prepareAll, pythonRawData } from '../../support/prepared.ts';
import { writeFiles } from '../../support/temp-folder.ts';

const folder = fileFolder();
const raw = pythonRawData(folder);
const names = ['code', 'count', 'share', 'known', 'gap', 'label'];
const file = { compression: 'none', member: null } as const;
const rows = 60;

/** The task that all formats share: the label from the other columns. */
function labelTask(table: TableSource, more: readonly string[] = []) {
  const features = Object.fromEntries([...names.slice(0, -1), ...more].map((name) => [name, 'category'] as const));
  return tableTask({ source: { table }, features, target: 'label', classes: ['a', 'b'] });
}

const text = await writeFiles(path.join(folder, 'text'), {
  // Quotation marks are ordinary here; quoting would join lines.
  'sms.tsv': Array.from({ length: rows }, (_, n) => `${'ab'[n % 2]}\t${n % 7 === 0 ? '"' : ''}text ${n}\n`).join(''),
  'ragged.csv': `# made by hand\nx,label\n${Array.from({ length: rows }, (_, n) => `00${n},${'ab'[n % 2]}\n`).join('')}1,2,3\n7\n`,
  'twice.csv': `x,x,,label\n${Array.from({ length: rows }, (_, n) => `${n},1.50,1e-7,${'ab'[n % 2]}\n`).join('')}`,
  'shuffled.csv': `label, x \n${Array.from({ length: rows }, (_, n) => `${'ab'[n % 2]},${n}\n`).join('')}`,
  'spaced.csv': Array.from({ length: rows }, (_, n) => `x ${n % 3}, ${n}, ${'ab'[n % 2]}\n`).join(''),
  'lines.jsonl': Array.from({ length: rows }, (_, n) =>
    JSON.stringify({ x: { deep: n }, tags: ['ü', n], label: 'ab'[n % 2] }),
  ).join('\n'),
  'nested.json': JSON.stringify({
    data: { rows: Array.from({ length: rows }, (_, n) => ({ x: n === 3 ? null : n / 2, label: 'ab'[n % 2] })) },
  }),
  'map.geojson': JSON.stringify({
    type: 'FeatureCollection',
    features: Array.from({ length: rows }, (_, n) => ({
      type: 'Feature',
      id: `e${n}`,
      geometry: { type: 'Point', coordinates: [n / 10, -n / 10, 5] },
      properties: { label: 'ab'[n % 2] },
    })),
  }),
  'weka.arff': `@relation r\n% comment\n@attribute 'a name' numeric\n@attribute label {a,b}\n@DATA\n${Array.from({ length: rows }, (_, n) => `${n === 5 ? '?' : `'${n}, more'`},${'ab'[n % 2]}\n`).join('')}`,
});
const sizes = Array.from({ length: rows }, (_, n) => ({ x: n / 2, label: 'ab'[n % 2] as string }));
const listed = sizes.map(({ x, label }) => [x, label]);
const byName = Object.fromEntries(sizes.map((each, n) => [`n${n}`, each]));
const indexed = (name: 'x' | 'label') => Object.fromEntries(sizes.map((each, n) => [String(n), each[name]]));
/** One JSON document for each layout: its records, and the column that tells under which name they stand. */
const layouts = {
  rows: { document: listed, keyColumn: null },
  columns: { document: { x: sizes.map(({ x }) => x), label: sizes.map(({ label }) => label) }, keyColumn: null },
  indexed: { document: { x: indexed('x'), label: indexed('label') }, keyColumn: null },
  keyed: { document: byName, keyColumn: 'key' },
  parts: { document: { first: sizes.slice(0, 40), last: sizes.slice(40) }, keyColumn: 'part' },
  'row-parts': { document: { first: listed.slice(0, 40), last: listed.slice(40) }, keyColumn: 'part' },
} as const;
await writeFiles(
  path.join(folder, 'layouts'),
  Object.fromEntries(
    Object.entries(layouts).map(([name, { document }]) => [`${name}.json`, JSON.stringify({ document })]),
  ),
);
const ragged = csvSource('ragged.csv', ['x', 'label'], { skipLines: 1 });
const small = (table: TableSource, features: readonly string[]) =>
  tableTask({
    source: { table },
    features: Object.fromEntries(features.map((name) => [name, 'category'] as const)),
    target: 'label',
    classes: ['a', 'b'],
  });

mkdirSync(path.join(folder, 'laid-out'));
const laidOut = prepareAll(
  path.join(folder, 'laid-out'),
  Object.fromEntries(
    jsonLayouts.map((layout) => {
      const { keyColumn } = layouts[layout];
      const columns = [...(keyColumn === null ? [] : [keyColumn]), 'x', 'label'];
      const place = { path: `${layout}.json`, ...file, recordPath: ['document'] };
      const formulation = small({ format: 'json', ...place, columns, layout, keyColumn }, columns.slice(0, -1));
      return [layout, { raw: path.join(folder, 'layouts'), formulation }];
    }),
  ),
);
const built = prepareAll(folder, {
  tsv: {
    raw: text,
    formulation: tableTask({
      source: { table: csvSource('sms.tsv', ['column_1', 'column_2'], { delimiter: '\t', quote: '', header: false }) },
      features: { column_2: 'text' },
      target: { label: 'column_1' },
      classes: ['a', 'b'],
    }),
  },
  ragged: {
    raw: text,
    formulation: small(ragged, ['x']),
    profile: {
      ...emptyProfile,
      tables: [
        {
          id: 'ragged.csv',
          source: ragged,
          rows: rows + 1,
          columns: [],
          duplicateRows: 0,
          keys: [],
          raggedLines: [],
          raggedCount: 2,
          part: null,
          aliases: [],
          sample: [],
        },
      ],
    },
  },
  twice: {
    raw: text,
    formulation: small(csvSource('twice.csv', ['x', 'x_2', 'column_3', 'label']), ['x_2', 'column_3']),
  },
  spaced: {
    raw: text,
    formulation: small(
      csvSource('spaced.csv', ['column_1', 'column_2', 'label'], { header: false, skipBlanks: true }),
      ['column_1', 'column_2'],
    ),
  },
  shuffled: { raw: text, formulation: small(csvSource('shuffled.csv', ['x', 'label']), ['x']) },
  jsonl: {
    raw: text,
    formulation: small({ format: 'json-lines', path: 'lines.jsonl', ...file, columns: ['x.deep', 'tags', 'label'] }, [
      'x.deep',
      'tags',
    ]),
  },
  json: {
    raw: text,
    formulation: small(
      { format: 'json', path: 'nested.json', ...file, recordPath: ['data', 'rows'], columns: ['x', 'label'] },
      ['x'],
    ),
  },
  geojson: {
    raw: text,
    formulation: small(
      {
        format: 'geojson',
        path: 'map.geojson',
        ...file,
        columns: ['longitude', 'latitude', 'elevation', 'id', 'label'],
      },
      ['longitude', 'latitude'],
    ),
  },
  arff: {
    raw: text,
    formulation: small({ format: 'arff', path: 'weka.arff', ...file, columns: ['a name', 'label'] }, ['a name']),
  },
  excel: {
    raw: path.join(raw, 'excel'),
    formulation: labelTask(
      { format: 'excel', path: 'book.xlsx', ...file, sheet: "Sheet 'one'", skipLines: 2, columns: [...names, 'day'] },
      ['day'],
    ),
  },
  parquet: {
    raw: path.join(raw, 'columnar'),
    formulation: labelTask({ format: 'parquet', path: 'table.parquet', ...file, columns: names }),
  },
  arrow: {
    raw: path.join(raw, 'columnar'),
    formulation: labelTask({ format: 'arrow', path: 'table.arrow', ...file, columns: names }),
  },
  zip: {
    raw: path.join(raw, 'zip'),
    formulation: labelTask(
      csvSource('data.zip', names, {
        compression: 'zip',
        member: 'inner/table.csv',
        encoding: 'cp1252',
        delimiter: ';',
      }),
    ),
  },
  gzip: {
    raw: path.join(raw, 'zip'),
    formulation: labelTask(csvSource('table.csv.gz', names, { compression: 'gzip' })),
  },
  absentFile: { raw: text, formulation: small(csvSource('nowhere.csv', ['x', 'label']), ['x']) },
  absentColumn: { raw: text, formulation: small(csvSource('shuffled.csv', ['x', 'y', 'label']), ['x', 'y']) },
  absentDatabase: {
    raw: text,
    formulation: small({ format: 'sqlite', path: 'nowhere.db', ...file, table: 't', columns: ['x', 'label'] }, ['x']),
  },
  absentKey: {
    raw: text,
    formulation: small({ format: 'json-lines', path: 'lines.jsonl', ...file, columns: ['nope', 'label'] }, ['nope']),
  },
});

test('a TSV without header and with stray quotation marks keeps every line', () => {
  assertSound(built.tsv, rows);
  assert.ok(both(built.tsv, 'column_2').includes('"text 7'));
});

test('leading lines are skipped, short lines filled up and long ones left out', () => {
  assertSound(built.ragged, rows + 1);
  assert.ok(built.ragged.printed.includes('dropped 1 rows: the target is missing'));
  assert.ok(both(built.ragged, 'x').includes('007'), 'leading zeros stay');
});

test('repeated and blank headers are read by position, and numbers keep their spelling', () => {
  assertSound(built.twice, rows);
  assert.deepEqual(new Set(both(built.twice, 'x_2')), new Set(['1.50']));
  assert.deepEqual(new Set(both(built.twice, 'column_3')), new Set(['1e-7']));
});

test('blanks after delimiters are no part of values', () => {
  assertSound(built.spaced, rows);
  assert.deepEqual(new Set(both(built.spaced, 'column_1')), new Set(['x 0', 'x 1', 'x 2']));
  assert.ok(both(built.spaced, 'column_2').includes('7'));
});

test('columns are found by name, wherever they stand in the file', () => {
  assertSound(built.shuffled, rows);
  assert.deepEqual(new Set(both(built.shuffled, 'x').map(Number)), new Set(Array.from({ length: rows }, (_, n) => n)));
});

test('JSON Lines give dotted names and keep lists as JSON', () => {
  assertSound(built.jsonl, rows);
  assert.ok(both(built.jsonl, 'tags').includes('["ü", 7]'));
  assert.ok(both(built.jsonl, 'x.deep').includes('59'));
});

test('a JSON document is read at the path of its records; null is missing', () => {
  assertSound(built.json, rows);
  assert.equal(both(built.json, 'x').filter((value) => value === '').length, 1);
  assert.ok(both(built.json, 'x').includes('0.5'));
});

for (const layout of jsonLayouts)
  test(`a JSON document of ${layout} is read row by row`, () => {
    const task = laidOut[layout];
    assert.ok(task !== undefined);
    assertSound(task, rows);
    assert.deepEqual(
      both(task, 'x')
        .map(Number)
        .sort((a, b) => a - b),
      sizes.map(({ x }) => x),
    );
    const { keyColumn } = layouts[layout];
    if (keyColumn !== null) assert.ok(both(task, keyColumn).some((name) => name === 'first' || name === 'n7'));
  });

test('GeoJSON gives the coordinates of points', () => {
  assertSound(built.geojson, rows);
  assert.ok(both(built.geojson, 'latitude').includes('-2.5'));
});

test('ARFF rows are read with their quotes, and a question mark is missing', () => {
  assertSound(built.arff, rows);
  assert.ok(both(built.arff, 'a name').includes('7, more'));
  assert.equal(both(built.arff, 'a name').filter((value) => value === '').length, 1);
});

test('typed formats are written as people write values', () => {
  for (const name of ['excel', 'parquet', 'arrow'] as const) {
    assertSound(built[name], rows);
    const at = both(built[name], 'code').indexOf('0003');
    assert.equal(both(built[name], 'count')[at], '3', name);
    assert.equal(both(built[name], 'share')[at], '0.375', name);
    assert.equal(both(built[name], 'known')[at], 'true', name);
    assert.equal(both(built[name], 'gap').filter((value) => value === '').length, 12, name);
  }
  assert.ok(both(built.excel, 'day').includes('2024-01-04 00:00:00'));
});

test('members of archives are read with their encoding', () => {
  assertSound(built.zip, rows);
  assertSound(built.gzip, rows);
  assert.ok(both(built.zip, 'code').includes('é0003'));
  assert.deepEqual(column(built.zip.train, 'label'), column(built.gzip.train, 'label'), 'equal rows give equal splits');
});

test('an absent file or column is named, and nothing is written', () => {
  const problems = {
    absentFile: /nowhere\.csv/,
    absentColumn: /the raw data lack the columns \['y'\]/,
    absentDatabase: /the raw data lack nowhere\.db/,
    absentKey: /the raw data lack the keys \['nope'\]/,
  } as const;
  for (const [name, problem] of Object.entries(problems) as [keyof typeof problems, RegExp][]) {
    assert.match(built[name].error ?? '', problem);
    assert.deepEqual((built[name] as unknown as { written: string[] }).written, [], name);
  }
});
