// The formats for machines, read by what others read them with: the schema of SARIF 2.1.0, and a parser of JUnit files.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import AjvDraft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { parse } from 'junit2json';
import { catalogue } from '../../../src/verify/catalogue.ts';
import { junitOf } from '../../../src/verify/report/junit.ts';
import { sarifOf, sarifOfAll } from '../../../src/verify/report/sarif.ts';
import { hostile, report } from '../../support/sample-report.ts';

// Not strict: the schema of the standard has formats beside other types, and a pattern with a lone bracket.
const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const valid = ajv.compile(schema);

it('SARIF is valid against the schema of the standard, in a repository and alone', () => {
  const clean = { ...report, findings: [], checks: [], ladder: [] };
  for (const log of [
    sarifOf(report, catalogue),
    sarifOf(clean, catalogue),
    sarifOfAll([report, clean], catalogue, ['tasks/a b', undefined]),
  ])
    assert.ok(valid(log), JSON.stringify(valid.errors?.slice(0, 3)));
});

it('the schema would tell: a level that there is none of is refused', () => {
  const log = JSON.parse(JSON.stringify(sarifOf(report, catalogue)).replace('"level":"error"', '"level":"fatal"'));
  assert.ok(!valid(log));
});

it('JUnit loads, with every case, failure and reason where a reader looks for them', async () => {
  const told = await parse(junitOf([report]));
  assert.ok(told !== undefined && told !== null && 'testsuite' in told);
  const cases = (told.testsuite ?? []).flatMap((suite) => suite.testcase ?? []);
  assert.deepEqual(cases.map(({ name }) => name).toSorted(), report.checks.map(({ code }) => code).toSorted());
  const named = (code: string) => cases.find(({ name }) => name === code);
  assert.equal(named('STR001')?.failure, undefined);
  assert.match(named('MET003')?.failure?.[0]?.inner ?? '', /The second of its code/);
  assert.match(named('LEK004')?.failure?.[0]?.message ?? '', /^<img src=x onerror="alert\(1\)">&/);
  assert.equal(named('MET001')?.failure, undefined, 'a warning is no failure');
  for (const code of ['MET002', 'PRE001'])
    assert.ok(named(code)?.skipped?.[0]?.message?.includes(hostile.slice(0, 20)), code);
  assert.equal(told.failures, 2);
  const suites = told.testsuite ?? [];
  assert.equal(
    suites.reduce((sum, { skipped }) => sum + (skipped ?? 0), 0),
    2,
  );
});
