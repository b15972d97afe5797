// The object is found in whatever a model writes around it, and nothing is invented.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { extractJson } from '../../../src/models/extract-json.ts';

const value = { a: 1, b: ['x', { c: null }], 'd"}{': '`}\\"{' };
const text = JSON.stringify(value);
const first = (source: string, mend = true) => extractJson(source, { mend })[0];

for (const [title, source] of [
  ['bare', text],
  ['indented', JSON.stringify(value, null, 2)],
  ['in a json fence', `\`\`\`json\n${text}\n\`\`\``],
  ['in a bare fence with prose', `Sure!\n\`\`\`\n${text}\n\`\`\`\nDone.`],
  ['behind prose with braces', `In set notation {x | x > 0}: ${text}`],
  ['before prose', `${text}\n\nI chose this because {…}.`],
  ['behind thoughts that hold another object', `<think>{"a": 2, "long": "${'x'.repeat(200)}"}</think>${text}`],
  ['behind a brace that never closes', `{ oops\n${text}`],
] as const) {
  test(`an object ${title}`, () => assert.deepEqual(first(source), { value, repaired: false }));
}

for (const [title, source, expected] of [
  ['single quotes', "{'a': 'x'}", { a: 'x' }],
  ['a trailing comma', '{"a": [1, 2,],}', { a: [1, 2] }],
  ['comments', '{"a": 1 /* one */}', { a: 1 }],
  ['Python words', '{"a": True, "b": None}', { a: true, b: null }],
  ['unquoted keys', '{a: "x"}', { a: 'x' }],
  ['a missing last brace', '{"a": {"b": "x"}', { a: { b: 'x' } }],
  ['a line break in a string', '{"a": "x\ny"}', { a: 'x\ny' }],
] as const) {
  test(`mends ${title} and says so`, () => {
    assert.deepEqual(first(source), { value: expected, repaired: true });
    assert.equal(first(source, false), undefined);
  });
}

for (const [title, source] of [
  ['prose', 'I am sorry, I cannot say.'],
  ['nothing', ''],
  ['a list at the root', '[1, 2]'],
  ['a text cut inside a string', '{"a": "x'],
  ['a text cut inside a number', '{"a": 12'],
  ['a text cut behind a key', '{"a":'],
] as const) {
  test(`finds no object in ${title}`, () => assert.deepEqual(extractJson(source, { mend: true }), []));
}

const json = fc.dictionary(fc.string(), fc.jsonValue());
const prose = fc.string().map((words) => words.replace(/[{}`<>"]/g, ' '));

test('any object survives prose and a fence around it, unrepaired', () => {
  fc.assert(
    fc.property(json, prose, prose, fc.boolean(), (object, before, behind, fence) => {
      const written = JSON.stringify(object, null, 2);
      const source = fence ? `${before}\n\`\`\`json\n${written}\n\`\`\`\n${behind}` : `${before} ${written} ${behind}`;
      assert.deepEqual(extractJson(source, { mend: true })[0], { value: JSON.parse(written), repaired: false });
    }),
  );
});

test('a cut object is never taken for a whole one, nor are its pieces', () => {
  fc.assert(
    fc.property(json, fc.double({ min: 0, max: 1, noNaN: true }), (object, share) => {
      const written = JSON.stringify({ first: { second: object, third: [object] } });
      const cut = written.slice(0, Math.floor(share * (written.length - 1)));
      assert.deepEqual(extractJson(cut, { mend: false }), []);
    }),
  );
});

test('no text makes it throw or take long', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (noise, mend) => void extractJson(noise, { mend })),
  );
  const started = Date.now();
  for (const hostile of [
    '{'.repeat(300_000),
    '{"a":'.repeat(60_000),
    '```json\n'.repeat(40_000),
    '<think>'.repeat(40_000),
  ]) {
    extractJson(hostile, { mend: true });
  }
  assert.ok(Date.now() - started < 8000, `${Date.now() - started} ms`);
});
