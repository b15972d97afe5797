import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relationalIdeas } from '../../../src/agents/brainstormer/ideas/relational-ideas.ts';
import { judgeTables } from '../../../src/dataset/judge-table.ts';
import { dataset, labels, numbers, table } from '../dataset/profiles.ts';

test('pictures that a database keeps beside a kind are neither its name nor an input', () => {
  const names = ['tea', 'bread', 'fish', 'fruit'];
  const text = { meanCharacters: 13, maxCharacters: 13, meanWords: 2, withSpaces: 1 };
  const kinds = table(
    [
      numbers('kind_id', 1, 4, { kind: 'integer', distinct: 4 }),
      labels('title', Object.fromEntries(names.map((name) => [name, 1]))),
      labels('picture', Object.fromEntries(names.map((_, at) => [`<${10_000 + at} bytes>`, 1])), { text }),
    ],
    { id: 'kinds', rows: 4 },
  );
  const top = names.map((_, at) => ({ value: String(at + 1), count: 250 }));
  const goods = table(
    [numbers('kind_id', 1, 4, { kind: 'integer', distinct: 4, top }), numbers('weight', 1, 9), numbers('price', 1, 90)],
    { id: 'goods' },
  );
  const relation = {
    from: { table: 'goods', column: 'kind_id' },
    to: { table: 'kinds', column: 'kind_id' },
    kind: 'many-to-one' as const,
    declared: true,
  };
  const profile = dataset([kinds, goods], { relations: [relation] });
  const ideas = relationalIdeas(profile, judgeTables(profile));
  assert.ok(ideas.length > 0);
  for (const idea of ideas) {
    const seen = [...idea.targets, ...idea.features.map((feature) => feature.name)];
    assert.deepEqual(
      seen.filter((name) => name.endsWith('picture')),
      [],
    );
  }
});
