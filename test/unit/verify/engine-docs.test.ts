// docs/checks.md is written from the catalogue. UPDATE_GOLDEN=1 rewrites it.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { it } from 'node:test';
import { catalogue } from '../../../src/verify/catalogue.ts';
import { renderChecksDoc } from '../../../src/verify/checks-doc.ts';

const page = path.resolve(import.meta.dirname, '../../../docs/checks.md');

it('docs/checks.md says what the catalogue says', async () => {
  const expected = renderChecksDoc(catalogue);
  if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(page, expected);
  assert.equal(await readFile(page, 'utf8'), expected, 'UPDATE_GOLDEN=1 rewrites the page');
});

it('every check has an anchor on the page', async () => {
  const text = await readFile(page, 'utf8');
  for (const { code } of catalogue) assert.ok(text.includes(`\n### ${code}\n`), code);
});
