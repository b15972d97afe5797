// What a review of a judge, kept with a task, says in later verifications.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { layout } from '../../../src/task/layout.ts';
import type { TaskSpec } from '../../../src/task/spec.ts';
import { checkOf } from '../../../src/verify/catalogue.ts';
import { mergeReport } from '../../../src/verify/merge-report.ts';
import { PackageFiles } from '../../../src/verify/package/files.ts';
import { readManifest } from '../../../src/verify/package/manifest.ts';
import { withRecorded } from '../../../src/verify/recorded.ts';
import { judgeChecks } from '../../../src/verify/review/judge-catalogue.ts';
import { judgedOutcomes } from '../../../src/verify/review/judged.ts';
import { judgedFiles, materialHash, placeOfQuote } from '../../../src/verify/review/material.ts';
import { type AgreedClaim, type Review, reviewOf, writeReview } from '../../../src/verify/review/review-record.ts';
import { reportOf, specOf, writePackage } from '../../support/packages.ts';
import { tempFolder, writeFiles } from '../../support/temp-folder.ts';

const claim: AgreedClaim = {
  rubric: 'missing',
  weight: 'serious',
  file: layout.description,
  quote: 'the weight of each stone',
  problem: 'The unit\nis not told.',
  remedy: 'Name the unit.',
  judges: ['scripted:model'],
};
const judge = { model: 'scripted:model', stopped: null, claims: 1, dropped: 0 };

async function folderWith(t: TestContext): Promise<string> {
  const folder = await writePackage(await tempFolder(t), 'stones');
  return writeFiles(folder, { [layout.description]: '# Stones\n\nPredict the weight\nof each stone.\n' });
}

async function manifestIn(files: PackageFiles): Promise<TaskSpec> {
  const { manifest } = await readManifest(files);
  assert.ok(manifest !== null);
  return manifest;
}

async function keep(folder: string, change: Partial<Review> = {}): Promise<void> {
  const files = new PackageFiles(folder);
  const material = materialHash(await judgedFiles(files, await manifestIn(files), 5));
  const review = reviewOf({ material, rows: 5, prompt: 'p', judges: [judge], claims: [claim], ...change });
  await writeReview(folder, review);
}

async function outcomes(folder: string) {
  const files = new PackageFiles(folder);
  return judgedOutcomes(files, await manifestIn(files));
}

test('without a review nothing is said', async (t) => {
  assert.deepEqual(await outcomes(await folderWith(t)), []);
});

test('a claim is a finding at the exact place of its quote, with the quote and the votes', async (t) => {
  const folder = await folderWith(t);
  await keep(folder);
  const said = await outcomes(folder);
  assert.equal(said.length, judgeChecks.length);
  const [finding, ...others] = said.flatMap(({ findings }) => findings);
  assert.deepEqual(others, []);
  assert.deepEqual(finding, {
    code: 'REV105',
    severity: 'warning',
    message: 'A judge says: The unit is not told.',
    file: 'description.md',
    range: { start: { line: 2, character: 8 }, end: { line: 3, character: 13 } },
    evidence: {
      quote: claim.quote,
      rubric: 'missing',
      judges: ['scripted:model'],
      votes: 1,
      of: 1,
      prompt: 'p',
    },
    remedy: 'Name the unit.',
  });
  assert.deepEqual(
    said.filter(({ status }) => status === 'failed').map(({ code, reason }) => [code, reason]),
    [['REV105', 'judged by scripted:model']],
  );
});

test('what a judge calls minor is information', async (t) => {
  const folder = await folderWith(t);
  await keep(folder, { claims: [{ ...claim, weight: 'minor' }] });
  assert.equal((await outcomes(folder)).flatMap(({ findings }) => findings)[0]?.severity, 'information');
});

test('no line of the rubric can reject a task', () => {
  for (const { code } of judgeChecks) assert.ok(['warning', 'information'].includes(checkOf(code)?.severity ?? ''));
});

test('a review is silent once the judged text has changed, and says so', async (t) => {
  for (const [file, content] of [
    [layout.description, '# Stones\n\nPredict the weight of each stone in grams.\n'],
    [layout.metric, 'BEST = 2\n'],
    [layout.train, 'id,a,b,y\n1,1,3,no\n'],
    [layout.manifest, JSON.stringify(specOf('stones', { title: 'Other?' }))],
  ] as const) {
    const folder = await folderWith(t);
    await keep(folder);
    await writeFiles(folder, { [file]: content });
    for (const { status, reason } of await outcomes(folder)) {
      assert.equal(status, 'skipped', file);
      assert.match(reason ?? '', /changed since scripted:model judged it/);
    }
  }
});

test('a review stands when only the bookkeeping of the manifest has changed', async (t) => {
  const folder = await folderWith(t);
  await keep(folder);
  const suppressions = [{ code: 'REV105', reason: 'The unit is arbitrary.' }];
  const spec = specOf('stones', { suppressions, hashes: { 'metric.py': '0'.repeat(64) } });
  await writeFiles(folder, { [layout.manifest]: JSON.stringify(spec) });
  const report = await withRecorded(reportOf('stones', []), new PackageFiles(folder));
  assert.equal(report.findings[0]?.suppressed, 'The unit is arbitrary.');
});

test('a record that names a place which is not there says nothing', async (t) => {
  const folder = await folderWith(t);
  await keep(folder, { claims: [{ ...claim, quote: 'the price of each stone' }] });
  assert.deepEqual(
    (await outcomes(folder)).flatMap(({ findings }) => findings),
    [],
  );
});

test('a record of any other form counts as none', async (t) => {
  for (const text of ['no json', '{}', JSON.stringify({ version: 1, material: 'x', judges: [] })]) {
    const folder = await folderWith(t);
    await writeFiles(folder, { [layout.review]: text });
    assert.deepEqual(await outcomes(folder), []);
  }
});

test('when no judge gave a judgement, nothing is proved', async (t) => {
  const folder = await folderWith(t);
  const stopped = { code: 'MODEL_REFUSED', reason: 'It refused.' };
  await keep(folder, { judges: [{ ...judge, stopped }], claims: [] });
  for (const { status, reason } of await outcomes(folder)) {
    assert.equal(status, 'skipped');
    assert.match(reason ?? '', /It refused/);
  }
});

test('a new review replaces what an earlier one said in a report, and other findings stay', async (t) => {
  const folder = await folderWith(t);
  const files = new PackageFiles(folder);
  await keep(folder);
  const first = await withRecorded(reportOf('stones', []), files);
  assert.deepEqual(
    first.findings.map(({ code }) => code),
    ['REV105'],
  );
  await keep(folder, { claims: [] });
  const second = await withRecorded(first, files);
  assert.deepEqual(second.findings, []);
  assert.equal(second.checks.length, judgeChecks.length);
});

test('what a judge said stays in a report in which other families are asked again', async (t) => {
  const folder = await folderWith(t);
  await keep(folder);
  const known = await withRecorded(reportOf('stones', []), new PackageFiles(folder));
  assert.deepEqual(mergeReport(known, reportOf('stones', []), ['STR']).findings, known.findings);
});

test('a quote is found where white space differs, and nowhere else', () => {
  assert.deepEqual(placeOfQuote('a b\n  c d, and more', 'b c d, and')?.range, {
    start: { line: 0, character: 2 },
    end: { line: 1, character: 10 },
  });
  assert.equal(placeOfQuote('accuracy (macro)', 'accuracy .macro.'), null);
  assert.equal(placeOfQuote('text', ' \n '), null);
});
