// Golden files: compared byte for byte; UPDATE_GOLDEN=1 rewrites them, a difference leaves a .actual beside them.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Asserts that `actual` is what the golden file holds. */
export function assertGolden(file: string, actual: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, actual);
    return;
  }
  const expected = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (expected !== actual) writeFileSync(`${file}.actual`, actual);
  else rmSync(`${file}.actual`, { force: true });
  assert.equal(actual, expected, `${path.basename(file)} differs; UPDATE_GOLDEN=1 accepts the new text`);
}
