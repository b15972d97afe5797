// A finding for tests that only show it.
import type { Finding } from '../../../src/task/findings.ts';

export const finding: Finding = {
  code: 'LEK001',
  severity: 'warning',
  message: 'Three rows stand in both parts.',
  file: 'data/public/train.csv',
  range: { start: { line: 4, character: 0 }, end: { line: 4, character: 12 } },
  evidence: { rows: 3 },
  remedy: 'Drop them.',
  related: [
    {
      file: 'data/public/test.csv',
      range: { start: { line: 9, character: 0 }, end: { line: 9, character: 3 } },
      message: 'the same row',
    },
  ],
};
