// Where findings stand while their text is edited.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shifted } from '../../../src/extension/problems/anchors.ts';
import type { Range } from '../../../src/task/findings.ts';

const range = (a: number, b: number, c: number, d: number): Range => ({
  start: { line: a, character: b },
  end: { line: c, character: d },
});
const place = range(4, 2, 4, 8);

describe('a finding', () => {
  it('stays when text below or behind it changes', () => {
    assert.deepEqual(shifted(place, { range: range(5, 0, 6, 0), text: '' }), place);
    assert.deepEqual(shifted(place, { range: range(4, 9, 4, 9), text: 'x\ny' }), place);
    assert.deepEqual(shifted(place, { range: range(4, 8, 4, 8), text: 'typed on' }), place);
  });

  it('moves down and up with the lines above it', () => {
    assert.deepEqual(shifted(place, { range: range(1, 0, 1, 0), text: 'one\ntwo\n' }), range(6, 2, 6, 8));
    assert.deepEqual(shifted(place, { range: range(0, 0, 3, 0), text: '' }), range(1, 2, 1, 8));
  });

  it('moves along its line, also when lines are joined', () => {
    assert.deepEqual(shifted(place, { range: range(4, 0, 4, 1), text: 'abc' }), range(4, 4, 4, 10));
    assert.deepEqual(shifted(place, { range: range(3, 5, 4, 0), text: ' ' }), range(3, 8, 3, 14));
  });

  it('stretches with text typed inside it, and shrinks with text taken out', () => {
    assert.deepEqual(shifted(place, { range: range(4, 4, 4, 4), text: 'new\nline' }), range(4, 2, 5, 8));
    assert.deepEqual(shifted(place, { range: range(4, 3, 4, 6), text: '' }), range(4, 2, 4, 5));
  });

  it('shrinks to nothing when its text is deleted', () => {
    const { start, end } = shifted(place, { range: range(3, 0, 5, 0), text: '' });
    assert.deepEqual(
      [start, end],
      [
        { line: 3, character: 0 },
        { line: 3, character: 0 },
      ],
    );
  });
});
