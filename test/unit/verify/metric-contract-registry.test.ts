// What the blueprints write keeps the contract that a foreign metric.py is held to.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { predictionShape } from '../../../src/blueprints/metric-code/prediction-shape.ts';
import { renderMetric } from '../../../src/blueprints/metric-code/render.ts';
import { layout } from '../../../src/task/layout.ts';
import { metricDefinition } from '../../../src/task/metrics.ts';
import { silentLog } from '../../../src/task/ports.ts';
import type { SubmissionColumn, TaskSpec } from '../../../src/task/spec.ts';
import { noMemory } from '../../../src/verify/cache/memory.ts';
import { metricFamily } from '../../../src/verify/metric-contract.ts';
import { PackageFiles } from '../../../src/verify/package-files.ts';
import { plainPython } from '../../support/plain-python.ts';
import { listed } from '../../support/verify-task.ts';
import { metricCases } from '../metric-code/metric-cases.ts';
import { type ToyOptions, toyFormulation } from '../metric-code/toy-formulation.ts';

const ROWS = 120;
/** One metric per kind of prediction, and classes that read_csv takes for something else. */
const KINDS = ['macro_f1', 'quadratic_kappa', 'roc_auc', 'log_loss', 'rmse_of_two', 'ndcg_at_k', 'labels_like_missing'];
const DTYPES = {
  label: 'label',
  probability: 'probability',
  'class-probabilities': 'probability',
  number: 'number',
  'ranked-list': 'ranked-list',
} as const;

let base: string;
before(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'metrics-'));
});
after(() => rm(base, { recursive: true, force: true }));

/** What the verifier needs of a manifest to try a metric. */
function manifestOf(options: ToyOptions): TaskSpec {
  const formulation = toyFormulation(options);
  const shape = predictionShape(formulation);
  const { direction, best, worst } = metricDefinition(options.metric);
  const about = (index: number): SubmissionColumn['of'] => {
    const column = shape.targets[shape.kind === 'number' ? index : 0] ?? '';
    const classes = { 'class-probabilities': shape.classes[index] ?? null, probability: shape.positive };
    return { column, class: shape.kind in classes ? classes[shape.kind as keyof typeof classes] : null };
  };
  const columns = shape.columns.map((name, index) => ({
    name,
    dtype: DTYPES[shape.kind],
    description: '',
    of: about(index),
    ...(shape.kind === 'label' ? { allowed: [...shape.classes] } : {}),
  }));
  return {
    objective: formulation.objective,
    target: { columns: [...shape.targets], derivation: 'As written.' },
    metric: { name: options.metric, direction, best, worst, reason: 'Because.' },
    submission: { format: 'csv', id_column: 'id', columns },
    split: { kind: 'random', by: [] },
  } as unknown as TaskSpec;
}

/** Answers of the kind that the metric scores, different from row to row and the same from run to run. */
function answersOf(options: ToyOptions): string {
  const { kind, targets, classes } = predictionShape(toyFormulation(options));
  const cell = (row: number, column: number): string => {
    const turn = (row * 7 + column * 3 + (row % 5)) % 101;
    if (kind === 'number')
      return options.classes === undefined
        ? (1 + turn * 1.37).toFixed(2)
        : String(options.classes[turn % options.classes.length]);
    const items = classes.length > 0 ? classes : ['a1', 'b2', 'c3', 'd4'];
    if (kind === 'ranked-list') return [items[turn % items.length], items[(turn + 1) % items.length]].join(' ');
    return items[turn % items.length] ?? '';
  };
  const quoted = (name: string) => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
  const rows = Array.from({ length: ROWS }, (_, row) =>
    [(row * 37) % 1009, ...targets.map((_, i) => cell(row, i))].join(','),
  );
  return `${[['id', ...targets.map(quoted)].join(','), ...rows].join('\n')}\n`;
}

describe('the metrics that the blueprints write', { concurrency: 2 }, () => {
  for (const name of KINDS) {
    const options = metricCases[name];
    assert.ok(options);
    it(`keeps the contract: ${name}`, async () => {
      const folder = path.join(base, name);
      const manifest = manifestOf(options);
      await mkdir(path.join(folder, layout.privateData), { recursive: true });
      await writeFile(path.join(folder, layout.metric), renderMetric(toyFormulation(options)));
      await writeFile(path.join(folder, layout.manifest), JSON.stringify(manifest));
      await writeFile(path.join(folder, layout.answers), answersOf(options));
      const files = new PackageFiles(folder);
      const signal = AbortSignal.timeout(60_000);
      const context = {
        folder,
        files,
        manifest,
        runtime: plainPython,
        signal,
        log: silentLog,
        memory: noMemory(),
        ladder: [],
        baselines: { known: null },
      };
      const findings = [];
      for await (const outcome of metricFamily.run(context)) findings.push(...outcome.findings);
      assert.equal(listed(findings), '');
    });
  }
});
