import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { renderMetric } from '../../../src/blueprints/metric-code/render.ts';
import { metricNames } from '../../../src/task/metrics.ts';
import { assertGolden } from '../../support/golden.ts';
import { metricCases } from './metric-cases.ts';
import { toyFormulation } from './toy-formulation.ts';

const golden = path.resolve(import.meta.dirname, '../../golden/metric-code');

describe('renderMetric', () => {
  for (const [name, options] of Object.entries(metricCases)) {
    test(`writes ${name} as the golden file has it`, () => {
      assertGolden(path.join(golden, `${name}.py`), renderMetric(toyFormulation(options)));
    });
  }

  test('has a golden file for every metric of the registry', () => {
    assert.deepEqual(new Set(Object.values(metricCases).map(({ metric }) => metric)), new Set(metricNames));
  });

  test('needs nothing but numpy and pandas', () => {
    for (const options of Object.values(metricCases)) {
      const imports = renderMetric(toyFormulation(options)).match(/^(import|from) .*$/gm);
      assert.deepEqual(imports, ['import numpy as np', 'import pandas as pd']);
    }
  });

  test('keeps hostile names inside their literals', () => {
    const name = 'x"\nimport os\\';
    const text = renderMetric(toyFormulation({ metric: 'rmse', targets: [name] }));
    assert.ok(text.includes(`TARGET = 'x"\\nimport os\\\\'`));
    assert.doesNotMatch(text, /^import os/m);
  });

  test('refuses a probability without a positive class', () => {
    const formulation = toyFormulation({ metric: 'roc-auc', classes: ['no', 'yes'] });
    assert.throws(() => renderMetric(formulation), { code: 'METRIC_UNFIT' });
  });

  test('refuses a metric on classes for a target without classes', () => {
    assert.throws(() => renderMetric(toyFormulation({ metric: 'macro-f1' })), { code: 'METRIC_UNFIT' });
  });
});
