// Damaged JSON: the profile and the generated prepare.py read the same rows of it.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { tableSourceSchema } from '../../../src/dataset/source.ts';
import { tableTask } from '../../support/blueprint-tasks.ts';
import { plainPython } from '../../support/plain-python.ts';
import { assertSound, both, fileFolder, prepareAll } from '../../support/prepared.ts';
import { writeFiles } from '../../support/temp-folder.ts';

const folder = fileFolder();
const rows = 60;
const record = (n: number) => JSON.stringify({ x: `v${n}`, label: 'ab'[n % 2] });
const good = Array.from({ length: rows }, (_, n) => record(n));
const spliced = (odd: readonly string[]) =>
  good.flatMap((line, n) => (n % 10 === 5 ? [odd[(n - 5) / 10] ?? '', line] : [line]));
const feature = (n: number, geometry: unknown, properties: unknown = JSON.parse(record(n))) => ({
  geometry,
  properties,
});
const places: readonly unknown[] = [{ type: 'Point', coordinates: [1, 2] }, null, [], 'here', { type: 'Point' }];

const broken = {
  'lines.jsonl': spliced([
    '{"x": "cut',
    '[1, 2]',
    'null',
    '   ',
    '\uFEFF{"x": "late mark", "label": "a"}',
    '{} {}',
  ]).join('\r\n'),
  'deep.jsonl': spliced(['['.repeat(5000), `{"x": ${'['.repeat(5000)}`, '"text"', '7', '{"x": nope}', '']).join('\n'),
  'marked.jsonl': `\uFEFF${good.join('\n')}\n`,
  'map.geojson': JSON.stringify({
    type: 'FeatureCollection',
    features: [
      ...good.map((_, n) => feature(n, places[n % places.length])),
      null,
      7,
      ['x'],
      feature(0, null, ['none']),
    ],
  }),
} as const;
const names = Object.keys(broken) as (keyof typeof broken)[];
for (const name of names) await writeFiles(path.join(folder, name), { [name]: broken[name] });

const profileSchema = z.object({ tables: z.tuple([z.object({ source: tableSourceSchema, rows: z.int() })]) });
async function profiled(name: string) {
  const job = {
    name: 'dataset.profile',
    args: { name },
    result: profileSchema,
    mounts: [{ name: 'raw', host: path.join(folder, name), access: 'read' }],
  } as const;
  const outcome = await plainPython.run(job, AbortSignal.timeout(60_000));
  assert.equal(outcome.kind, 'done', JSON.stringify(outcome).slice(0, 500));
  return (outcome as Extract<typeof outcome, { kind: 'done' }>).value.tables[0];
}
const profiles = Object.fromEntries(
  await Promise.all(names.map(async (name) => [name, await profiled(name)] as const)),
);

const built = prepareAll(
  folder,
  Object.fromEntries(
    names.map((name) => {
      const table = profiles[name]?.source;
      assert.ok(table);
      const formulation = tableTask({
        source: { table },
        features: { x: 'category' },
        target: 'label',
        classes: ['a', 'b'],
      });
      return [name, { raw: path.join(folder, name), formulation }] as const;
    }),
  ),
);

for (const name of names) {
  test(`${name}: prepare.py reads the rows that the profile counts, and no other`, () => {
    const task = built[name];
    assert.ok(task !== undefined);
    // The feature without properties has no target: it is read, and dropped aloud.
    const dropped = name === 'map.geojson' ? 1 : 0;
    assertSound(task, rows + dropped);
    assert.equal(profiles[name]?.rows, rows + dropped);
    assert.equal(task.printed.includes('dropped 1 rows: the target is missing'), dropped === 1);
    assert.deepEqual(both(task, 'x').sort(), good.map((_, n) => `v${n}`).sort());
  });
}
