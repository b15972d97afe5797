import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { pyLiteral, pyString } from '../../../src/blueprints/shared/python-literal.ts';

describe('pyString', () => {
  test('keeps readable characters of any script', () => {
    assert.equal(pyString('été 日本 😀'), '"été 日本 😀"');
  });

  test('prefers the quotation mark that costs no escape', () => {
    assert.equal(pyString('the "net" width'), `'the "net" width'`);
    assert.equal(pyString(`it's "net"`), '"it\'s \\"net\\""');
  });

  test('escapes what a reader could not see: controls, direction marks, line separators, lone surrogates', () => {
    assert.equal(pyString('a\nb\t\0'), '"a\\nb\\t\\x00"');
    assert.equal(pyString('\u202e\u2028\ud800'), '"\\u202e\\u2028\\ud800"');
  });

  test('never ends its literal early and never breaks the line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const literal = pyString(text);
        const quote = literal.charAt(0);
        const inside = literal.slice(1, -1).replace(/\\./g, '');
        assert.ok(!inside.includes(quote) && !inside.includes('\\') && !/[\n\r]/.test(literal));
      }),
    );
  });
});

describe('pyLiteral', () => {
  test('writes nested values as Python', () => {
    assert.equal(pyLiteral({ a: [1, 0.5, null, true], b: 'x' }), '{"a": [1, 0.5, None, True], "b": "x"}');
    assert.equal(pyLiteral([Number.NaN, Number.NEGATIVE_INFINITY, -0]), '[float("nan"), float("-inf"), -0.0]');
  });

  test('breaks long lists one item a line', () => {
    const words = Array.from({ length: 20 }, (_, i) => `word ${i}`);
    const lines = pyLiteral(words).split('\n');
    assert.equal(lines.length, 22);
    assert.equal(lines[1], '    "word 0",');
  });
});
