// A report with something of everything: each severity, suppression, skipped checks, places, and hostile text.
import { type Finding, fileStart } from '../../src/task/findings.ts';
import type { VerificationReport } from '../../src/verify/contract.ts';

export const hostile = '<img src=x onerror="alert(1)">&\u202Eoverride\u0007 | `tick` [link](http://x) @someone';

export function finding(code: string, more: Partial<Finding> = {}): Finding {
  return {
    code,
    severity: 'error',
    message: `The ${code} finding.`,
    file: 'metric.py',
    range: { start: { line: 4, character: 2 }, end: { line: 4, character: 9 } },
    evidence: {},
    remedy: 'Mend it.',
    ...more,
  };
}

export const report: VerificationReport = {
  task: 'a-task',
  verdict: 'rejected',
  package: 'f'.repeat(64),
  findings: [
    finding('LEK004', { message: hostile, evidence: { example: hostile }, file: 'data/public/a b.csv' }),
    finding('MET001', { severity: 'warning', range: fileStart }),
    finding('MET002', { suppressed: `Agreed with the owner. ${hostile}` }),
    finding('MET003'),
    finding('MET003', { message: 'The second of its code.' }),
  ],
  checks: [
    { code: 'STR001', status: 'passed' },
    { code: 'LEK004', status: 'failed' },
    { code: 'MET001', status: 'failed' },
    { code: 'MET002', status: 'failed' },
    { code: 'MET003', status: 'failed' },
    { code: 'PRE001', status: 'skipped', reason: `no dataset ${hostile}` },
  ],
  ladder: [
    { name: 'constant', score: 0.5, ci95: [0.41, 0.59], gain: null },
    { name: 'strong', score: 0.91, ci95: [0.85, 0.95], gain: { value: 0.41, ci95: [0.3, 0.5] } },
  ],
};
