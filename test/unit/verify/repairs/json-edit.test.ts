// Edits of JSON texts: the entry changes, the rest stays as a person has written it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addItem, removeEntry, setEntry } from '../../../../src/verify/repairs/json-edit.ts';
import { suppression } from '../../../../src/verify/repairs/manifest-repairs.ts';
import { applyEdits, type TextEdit } from '../../../../src/verify/repairs/repair.ts';

const edited = (text: string, edit: TextEdit | null): string => (edit === null ? 'no edit' : applyEdits(text, [edit]));

describe('an edit of a JSON text', () => {
  it('writes over a value and leaves odd spacing alone', () => {
    const text = '{ "a" :1,\n\t"b": {"c" : [1,\n2]}}';
    assert.equal(edited(text, setEntry(text, ['b', 'c'], 'x')), '{ "a" :1,\n\t"b": {"c" : "x"}}');
  });

  it('adds an entry behind the last one', () => {
    const text = '{\n  "hashes": {\n    "a": "1"\n  }\n}\n';
    const after = '{\n  "hashes": {\n    "a": "1",\n    "b": "2"\n  }\n}\n';
    assert.equal(edited(text, setEntry(text, ['hashes', 'b'], '2')), after);
  });

  it('adds an item to an empty list, to one on a line and to one on several', () => {
    const empty = '{\n  "list": []\n}';
    assert.equal(edited(empty, addItem(empty, ['list'], 1)), '{\n  "list": [\n    1\n  ]\n}');
    assert.equal(edited('[1]', addItem('[1]', [], 2)), '[1, 2]');
    assert.equal(edited('[\n  1\n]', addItem('[\n  1\n]', [], { a: 2 })), '[\n  1,\n  {\n    "a": 2\n  }\n]');
  });

  it('removes an entry with one comma, wherever it stands', () => {
    const text = '{\n  "a": 1,\n  "b": "x, \\"y\\"",\n  "c": 3\n}';
    assert.deepEqual(JSON.parse(edited(text, removeEntry(text, ['a']))), { b: 'x, "y"', c: 3 });
    assert.equal(edited(text, removeEntry(text, ['b'])), '{\n  "a": 1,\n  "c": 3\n}');
    assert.equal(edited(text, removeEntry(text, ['c'])), '{\n  "a": 1,\n  "b": "x, \\"y\\""\n}');
    assert.equal(edited('{"a": 1}', removeEntry('{"a": 1}', ['a'])), '{}');
  });

  it('does nothing where there is no such place', () => {
    assert.equal(setEntry('[1]', ['a'], 1), null);
    assert.equal(addItem('{"a": 1}', ['a'], 1), null);
    assert.equal(removeEntry('{"a": 1}', ['b']), null);
    assert.equal(removeEntry('{"a": ', ['a']), null);
  });

  it('adds a suppression to a manifest that has none, and to one that has', () => {
    const entry = { code: 'LEK001', file: 'data/public/train.csv', reason: 'The source repeats them.' };
    const first = edited('{\n  "suppressions": []\n}', suppression('{\n  "suppressions": []\n}', entry));
    const second = edited(first, suppression(first, { ...entry, code: 'LEK002' }));
    assert.deepEqual(JSON.parse(second).suppressions, [entry, { ...entry, code: 'LEK002' }]);
  });
});
