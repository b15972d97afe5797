// What the blueprints write keeps the contract that a foreign metric.py is held to.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { silentLog } from '../../../src/task/ports.ts';
import { noMemory } from '../../../src/verify/cache/memory.ts';
import { metricFamily } from '../../../src/verify/metric/family.ts';
import { PackageFiles } from '../../../src/verify/package/files.ts';
import { writeMetricPackage } from '../../support/metric-packages.ts';
import { plainPython } from '../../support/plain-python.ts';
import { listed } from '../../support/verify-task.ts';
import { metricCases } from '../metric-code/metric-cases.ts';

/** One metric per kind of prediction, and classes that read_csv takes for something else. */
const KINDS = ['macro_f1', 'quadratic_kappa', 'roc_auc', 'log_loss', 'rmse_of_two', 'ndcg_at_k', 'labels_like_missing'];
let base: string;
before(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'metrics-'));
});
after(() => rm(base, { recursive: true, force: true }));

describe('the metrics that the blueprints write', { concurrency: 2 }, () => {
  for (const name of KINDS) {
    const options = metricCases[name];
    assert.ok(options);
    it(`keeps the contract: ${name}`, async () => {
      const folder = path.join(base, name);
      const manifest = await writeMetricPackage(folder, options);
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
      };
      const findings = [];
      for await (const outcome of metricFamily.run(context)) findings.push(...outcome.findings);
      assert.equal(listed(findings), '');
    });
  }
});
