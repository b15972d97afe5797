// The bench that the pipeline lends to a Designer: it must see what the gates will see.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { benchOf } from '../../../src/forge/bench.ts';
import type { Workroom } from '../../../src/forge/workshop.ts';
import type { Finding } from '../../../src/task/findings.ts';
import type { Family, VerificationReport, VerifyOptions } from '../../../src/verify/contract.ts';

const finding = (code: string, file: string): Finding => ({
  code,
  severity: 'error',
  message: 'Wrong.',
  file,
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  evidence: {},
  remedy: 'Mend it.',
});

/** As in verification, an error in the files keeps the families of the same verification from looking. */
async function verify(_: string, { only = [] }: VerifyOptions): Promise<VerificationReport> {
  const findings = only.includes('STR') ? [finding('STR001', 'README.md')] : [finding('PRE010', 'prepare.py')];
  return { task: 'x', verdict: 'rejected', package: '', findings, checks: [], ladder: [] };
}

test('a README that a draft still lacks does not hide what is wrong with its data', async (t) => {
  const staging = await mkdtemp(path.join(tmpdir(), 'bench-'));
  t.after(() => rm(staging, { recursive: true }));
  await mkdir(path.join(staging, 'bench', 'x'), { recursive: true });
  const shop = { places: { staging }, deps: {}, verify } as unknown as Workroom;
  const families: readonly Family[] = ['STR', 'SEC', 'PRE', 'MET'];
  const found = await benchOf(shop, 'x').check(families);
  assert.deepEqual(
    found.map(({ code }) => code),
    ['STR001', 'PRE010'],
  );
});
