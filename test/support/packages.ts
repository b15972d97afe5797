// A task package on disk without a run: enough of one for views that only read it.
import path from 'node:path';
import { type Finding, verdictOf } from '../../src/task/findings.ts';
import { sha256 } from '../../src/task/hashing.ts';
import type { TaskSpec } from '../../src/task/spec.ts';
import type { VerificationReport } from '../../src/verify/contract.ts';
import { authoredFiles, manifestOf } from './drafts.ts';
import { sampleFormulation } from './formulations.ts';
import { writeFiles } from './temp-folder.ts';

/** The manifest of such a package. */
export function specOf(id: string, change: Partial<TaskSpec> = {}): TaskSpec {
  return {
    ...manifestOf(sampleFormulation(id)),
    title: `Which ${id}?`,
    rows: { raw: 13, train: 8, test: 4, dropped: [] },
    difficulty: null,
    hashes: {},
    ...change,
  };
}

/** A report as a verification of such a package would give. */
export function reportOf(
  task: string,
  findings: readonly Finding[],
  ladder: VerificationReport['ladder'] = [],
): VerificationReport {
  const checks: VerificationReport['checks'] = [];
  return { task, verdict: verdictOf(findings), package: sha256(''), findings: [...findings], checks, ladder };
}

/** Writes a package into `out` and returns its folder; without findings it has no report. */
export async function writePackage(
  out: string,
  id: string,
  known: { findings?: readonly Finding[]; ladder?: VerificationReport['ladder'] } = {},
): Promise<string> {
  const folder = path.join(out, id);
  const { findings, ladder } = known;
  await writeFiles(folder, {
    ...authoredFiles(0),
    'task.json': JSON.stringify(specOf(id)),
    'data/public/train.csv': 'id,a,b,y\n1,1,2,no\n',
    'data/private/test_answer.csv': 'id,y\n2,yes\n',
    ...(findings === undefined ? {} : { 'verification/report.json': JSON.stringify(reportOf(id, findings, ladder)) }),
  });
  return folder;
}
