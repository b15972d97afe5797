// What a save asks again, and how the answers join what is known.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Finding, fileStart } from '../../../src/task/findings.ts';
import { affectedBy } from '../../../src/verify/affected.ts';
import type { VerificationReport } from '../../../src/verify/contract.ts';
import { mergeReport } from '../../../src/verify/merge-report.ts';

const finding = (code: string, message: string): Finding => ({
  code,
  severity: 'error',
  message,
  file: 'metric.py',
  range: fileStart,
  evidence: {},
  remedy: 'Change it.',
});
const report = (findings: readonly Finding[], more: Partial<VerificationReport> = {}): VerificationReport => ({
  task: 'a-task',
  verdict: 'rejected',
  package: '0'.repeat(64),
  findings: [...findings],
  checks: findings.map(({ code }) => ({ code, status: 'failed' as const })),
  ladder: [],
  ...more,
});

describe('a changed file', () => {
  it('concerns the grader first, and then the scores, when it is metric.py', () => {
    const affected = affectedBy('metric.py');
    assert.deepEqual(affected?.first, ['STR', 'MET']);
    assert.ok(affected?.later.includes('EXE'));
    assert.ok(!affected?.later.includes('PRE'));
  });

  it('concerns everything when it is the manifest or data', () => {
    for (const file of ['task.json', 'data/public/train.csv']) {
      const affected = affectedBy(file);
      assert.ok(affected && [...affected.first, ...affected.later].includes('LEK'), file);
    }
  });

  it('concerns nothing when it is a record', () => {
    assert.equal(affectedBy('verification/report.json'), null);
    assert.equal(affectedBy('runs/strong/log.txt'), null);
  });
});

describe('a report of some families', () => {
  it('replaces what these families said and keeps the rest in the order of the catalogue', () => {
    const rung = { name: 'strong' as const, score: 1, ci95: [1, 1] as [number, number], gain: null };
    const known = report([finding('STR014', 'old'), finding('LEK001', 'kept'), finding('MET006', 'old')], {
      ladder: [rung],
    });
    const part = report([finding('MET004', 'new')], { package: '1'.repeat(64) });
    const merged = mergeReport(known, part, ['STR', 'MET']);
    assert.deepEqual(
      merged.findings.map(({ code, message }) => [code, message]),
      [
        ['LEK001', 'kept'],
        ['MET004', 'new'],
      ],
    );
    assert.deepEqual(
      merged.checks.map(({ code }) => code),
      ['LEK001', 'MET004'],
    );
    assert.equal(merged.package, part.package);
    assert.deepEqual(merged.ladder, [rung]);
  });

  it('is accepted once no error is left', () => {
    const known = report([finding('MET006', 'old')]);
    assert.equal(mergeReport(known, report([]), ['MET']).verdict, 'accepted');
  });
});
