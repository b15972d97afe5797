import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderScript } from '../../../src/blueprints/baselines/script.ts';

const script = (solve: string, constants: string[] = []) =>
  renderScript({ doc: 'A baseline.', constants, functions: [], solve });

describe('renderScript', () => {
  test('imports what the code uses, grouped and sorted', () => {
    const text = script('    model = make_pipeline(StandardScaler(), Ridge()).fit(pd.DataFrame(), np.ones(1))\n');
    assert.deepEqual(text.match(/^(import|from) .*$/gm), [
      'import sys',
      'from pathlib import Path',
      'import numpy as np',
      'import pandas as pd',
      'from sklearn.linear_model import Ridge',
      'from sklearn.pipeline import make_pipeline',
      'from sklearn.preprocessing import StandardScaler',
    ]);
  });

  test('does not take the name of a column for a use', () => {
    assert.doesNotMatch(script('    pass\n', ['NUMBERS = ["Ridge", "np.", "SVC"]']), /sklearn|numpy/);
  });

  test('ends with a command line of two paths', () => {
    assert.match(script('    pass\n'), /solve\(Path\(sys\.argv\[1\]\), Path\(sys\.argv\[2\]\)\)\n$/);
  });
});
