// What a save has changed.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VerificationReport } from '../../../src/verify/contract.ts';
import { changesOf } from '../../../src/verify/report/changes.ts';
import { anError } from '../../support/drafts.ts';

const report = (...findings: VerificationReport['findings']): VerificationReport => ({
  task: 't',
  verdict: 'rejected',
  package: '',
  findings,
  checks: [],
  ladder: [],
});

describe('changes between two reports', () => {
  it('are all new at first', () => {
    const { appeared, fixed, unchanged } = changesOf(null, report(anError('MET001', 'a')));
    assert.deepEqual([appeared.length, fixed.length, unchanged], [1, 0, 0]);
  });

  it('leave out a finding that only moved to another line', () => {
    const moved = {
      ...anError('MET001', 'a'),
      range: { start: { line: 9, character: 0 }, end: { line: 9, character: 1 } },
    };
    assert.deepEqual(changesOf(report(anError('MET001', 'a')), report(moved)).unchanged, 1);
  });

  it('count equal findings as often as they are there, and a new suppression as a change', () => {
    const [a, b] = [anError('MET001', 'a'), anError('STR001', 'b')];
    const { appeared, fixed, unchanged } = changesOf(report(a, a, b), report(a, { ...b, suppressed: 'Agreed so.' }));
    assert.deepEqual(
      [appeared.map((f) => f.code), fixed.map((f) => f.code), unchanged],
      [['STR001'], ['MET001', 'STR001'], 1],
    );
  });
});
