// The benchmark prints its figures: that they are there and make sense, not how large they are on this machine.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { type Figures, figuresSchema, tablesOf } from '../bench/figures.ts';

const main = path.resolve(import.meta.dirname, '../bench/main.ts');

describe('npm run bench', () => {
  it('measures saves and full verifications of a small table', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [main, '--quick', '--json']);
    const { full, saves } = figuresSchema.parse(JSON.parse(stdout));
    const [table, ...others] = full;
    assert.ok(table !== undefined && others.length === 0);
    for (const { wallMs, cpuMs } of [table.cold, table.warm, table.unchanged]) assert.ok(wallMs > 0 && cpuMs > 0);
    assert.ok(table.unchanged.cpuMs < table.warm.cpuMs / 2, 'what is remembered costs next to nothing');
    const [save] = saves;
    assert.ok(save !== undefined && save.rows === 1000 && save.saves === 2);
    assert.ok(save.first.median > 0 && save.first.median <= save.first.p90);
    assert.ok(save.settled.median > save.first.median && save.settled.cpuMedian > save.first.cpuMedian);
  });

  it('tells in words whether the goals were met', () => {
    const measure = { wallMs: 9_000, cpuMs: 12_000 };
    const spread = { median: 280.4, p90: 310, cpuMedian: 260 };
    const figures: Figures = {
      load: { before: 0.2, after: 1.1 },
      cores: 2,
      full: [
        {
          kind: 'tabular',
          rows: 20_000,
          cold: measure,
          warm: { ...measure, peakMiB: 470 },
          unchanged: measure,
          fresh: measure,
        },
      ],
      saves: [{ rows: 10_000, saves: 30, first: spread, settled: { ...spread, median: 812 }, fresh: null }],
    };
    const text = tablesOf(figures);
    assert.match(text, /first findings after a save at 10000 test rows <= 300 ms: 280 ms, met/);
    assert.match(text, /all findings after a save at 10000 test rows <= 300 ms: 812 ms, missed/);
    assert.match(text, /full verification, tabular, 20000 rows, warm <= 10000 ms: 9000 ms, met/);
    assert.match(text, /load 0\.2 before and 1\.1 after/);
  });
});
