// npm run defects -- --mutants: mutates the graders of every metric and tells which mutants the metric contract kills.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readOptions } from '../support/options.ts';
import { mutateGraders } from './mutation.ts';
import {
  equivalentLines,
  killedShare,
  killsBy,
  LEAST_KILLED,
  mutationTables,
  survivorLines,
  total,
} from './mutation-tables.ts';

/** Some fifty mutants, the same ones in every run: half a minute. */
const QUICK_SHARE = 0.04;

const options = readOptions({
  share: { type: 'string', default: '1' },
  metrics: { type: 'string' },
  quick: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});
const python = process.env['MLE_FORGE_PYTHON'];
if (python === undefined) throw new Error('MLE_FORGE_PYTHON names no interpreter; run this through npm run defects');
const started = performance.now();
const folder = await mkdtemp(path.join(tmpdir(), 'graders-'));
try {
  const metrics = options.metrics?.split(',') ?? null;
  const { mutants, falseAlarms } = await mutateGraders(
    folder,
    python,
    options.quick ? QUICK_SHARE : Number(options.share),
    metrics,
    (text) => void process.stderr.write(`${text}\n`),
  );
  const all = total('all', mutants);
  const good = killedShare(all) >= LEAST_KILLED && falseAlarms.length === 0;
  const seconds = (performance.now() - started) / 1000;
  if (options.json) {
    const byOperator = killsBy(mutants, ({ operator }) => operator);
    process.stdout.write(`${JSON.stringify({ good, ...all, byOperator, mutants, falseAlarms, seconds })}\n`);
  } else {
    const alarms = falseAlarms.map((text) => `False alarm on an untouched metric: ${text}\n`).join('');
    const share = (100 * killedShare(all)).toFixed(1);
    const last = `${all.killed} of ${all.mutants - all.equivalent} mutants killed (${share} %), ${all.equivalent} equivalent; ${seconds.toFixed(0)} s\n`;
    process.stdout.write(
      [mutationTables(mutants), survivorLines(mutants), equivalentLines(mutants), alarms, last].join('\n'),
    );
  }
  process.exitCode = good ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
