// What the Testing view makes of a report, and what a quick fix finds as a counterexample.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { counterexampleOf } from '../../../src/extension/problems/counterexample.ts';
import { checkResults, comparison } from '../../../src/extension/testing/check-results.ts';
import { type Finding, fileStart } from '../../../src/task/findings.ts';
import type { VerificationReport } from '../../../src/verify/contract.ts';

const finding = (code: string, more: Partial<Finding> = {}): Finding => ({
  code,
  severity: 'error',
  message: 'Wrong.',
  file: 'task.json',
  range: fileStart,
  evidence: {},
  remedy: 'Change it.',
  ...more,
});

describe('a check in the Testing view', () => {
  it('fails for errors and warnings that nobody has accepted', () => {
    const report: VerificationReport = {
      task: 'a-task',
      verdict: 'rejected',
      package: '0'.repeat(64),
      findings: [
        finding('STR001'),
        finding('STR002', { suppressed: 'It is meant so.' }),
        finding('STR003', { severity: 'information' }),
        finding('STR004', { severity: 'warning' }),
      ],
      checks: ['STR001', 'STR002', 'STR003', 'STR004'].map((code) => ({ code, status: 'failed' })),
      ladder: [],
    };
    assert.deepEqual(
      checkResults(report).map(({ code, findings }) => [code, findings.length]),
      [
        ['STR001', 1],
        ['STR002', 0],
        ['STR003', 0],
        ['STR004', 1],
      ],
    );
  });

  it('compares what was declared with what was measured, and the registry with the manifest', () => {
    const told = (evidence: Finding['evidence']) => comparison(finding('EXE008', { evidence }));
    assert.deepEqual(told({ declared: 0.5, measured: 0.7 }), { expected: '0.5', actual: '0.7' });
    assert.deepEqual(told({ declared: 'minimize', expected: 'maximize' }), {
      expected: 'maximize',
      actual: 'minimize',
    });
    assert.deepEqual(told({ best: 1, score: null }), { expected: '1', actual: 'null' });
    assert.equal(told({ rows: 3 }), null);
  });
});

describe('the counterexample of a finding', () => {
  it('is the file that was kept, else the text in the evidence', () => {
    const kept = 'verification/counterexamples/MET004.csv';
    assert.deepEqual(counterexampleOf(finding('MET004', { evidence: { file: kept, counterexample: 'id\n' } })), {
      kind: 'file',
      file: kept,
    });
    assert.deepEqual(counterexampleOf(finding('MET004', { evidence: { counterexample: 'id\n1\n' } })), {
      kind: 'text',
      text: 'id\n1\n',
    });
  });

  it('is never a file elsewhere', () => {
    const evidence = { file: 'verification/counterexamples/../../../secret.csv' };
    assert.equal(counterexampleOf(finding('MET004', { evidence })), null);
  });
});
