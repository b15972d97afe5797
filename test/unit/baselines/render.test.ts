import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { renderBaselines } from '../../../src/blueprints/baselines/render.ts';
import { renderMetric } from '../../../src/blueprints/metric-code/render.ts';
import { assertGolden } from '../../support/golden.ts';
import { type ToyOptions, toyFormulation } from '../metric-code/toy-formulation.ts';
import { baselineCases } from './baseline-cases.ts';

const golden = path.resolve(import.meta.dirname, '../../golden/baselines');
const strong = (options: ToyOptions) => renderBaselines(toyFormulation(options))['baselines/strong.py'] ?? '';

describe('renderBaselines', () => {
  for (const [name, options] of Object.entries(baselineCases)) {
    test(`writes the ladder of ${name} as the golden files have it`, () => {
      const formulation = toyFormulation(options);
      const files = { 'metric.py': renderMetric(formulation), ...renderBaselines(formulation) };
      for (const [file, text] of Object.entries(files)) assertGolden(path.join(golden, name, file), text);
    });
  }

  test('writes the four rungs and nothing else', () => {
    const files = renderBaselines(toyFormulation({ metric: 'rmse', features: { size: 'number' } }));
    assert.deepEqual(
      Object.keys(files),
      ['sample', 'constant', 'simple', 'strong'].map((rung) => `baselines/${rung}.py`),
    );
  });

  test('lists only the kinds of columns that the task has', () => {
    const text = strong({ metric: 'rmse', features: { size: 'number' } });
    assert.match(text, /^NUMBERS = \["size"\]$/m);
    assert.doesNotMatch(text, /CATEGORIES|TEXTS|DATES/);
  });

  test('leaves out columns that a competitor does not have for the test rows', () => {
    const text = strong({ metric: 'rmse', features: { size: 'number', later: 'number' }, historyOnly: ['later'] });
    assert.doesNotMatch(text, /later/);
  });

  test('fits the loss that the metric asks for', () => {
    const features = { size: 'number' } as const;
    assert.match(strong({ metric: 'mae', features }), /loss="absolute_error"/);
    assert.match(strong({ metric: 'pinball', features }), /loss="quantile",\s+quantile=0\.9/);
    assert.match(strong({ metric: 'rmsle', features }), /np\.log1p\(.*\n(.*\n)*.*np\.expm1\(/);
    assert.match(strong({ metric: 'macro-f1', classes: ['a', 'b'], features }), /class_weight="balanced"/);
  });

  test('cuts very wide tables down before a linear model', () => {
    const features = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`f${i}`, 'number' as const]));
    assert.match(strong({ metric: 'rmse', features }), /SelectKBest\(f_regression, k=300\)/);
  });

  test('lets every group count alike where the test part holds other groups', () => {
    const features = { size: 'number', north: 'latitude', east: 'longitude' } as const;
    const together = { key: 'grid', latitude: 'north', longitude: 'east', degrees: 1 } as const;
    const text = strong({ metric: 'mae', features, together });
    assert.match(text, /groupby\(keys\.to_numpy\(\)\)\.quantile\(0\.5\)\.median\(\)/);
    assert.match(text, /mean_absolute_error\(y, mix\(held_out, w\), sample_weight=shares\)/);
    assert.doesNotMatch(strong({ metric: 'mae', features }), /shares|groupby/);
  });

  test('chooses the mix on folds that resemble the split', () => {
    const features = { size: 'number', seen: 'datetime', owner: 'category' } as const;
    const options = { metric: 'rmse', features } as const;
    assert.match(strong(options), /folds = KFold\(/);
    assert.match(
      strong({ ...options, time: { column: 'seen', format: 'iso' } }),
      /pd\.qcut\(parse_dates\(table\["seen"\]\)/,
    );
    assert.match(strong({ ...options, together: { key: 'columns', columns: ['owner'] } }), /groups=keys, cv=folds/);
  });

  test('lets a visible column stand in for a key that competitors do not get', () => {
    const together = { key: 'columns' as const, columns: ['artist'] };
    const text = strong({ metric: 'rmse', features: { album: 'category', size: 'number' }, together });
    assert.match(text, /levels = table\[\["album"\]\]\.nunique\(\)/);
  });

  test('falls back to random folds when competitors do not get the key of the split', () => {
    const together = { key: 'columns' as const, columns: ['patient'] };
    const text = strong({ metric: 'rmse', features: { size: 'number' }, together });
    assert.match(text, /folds = KFold\(/);
  });

  test('keeps hostile column names inside their literals', () => {
    const name = `'"""\nimport os #`;
    const formulation = toyFormulation({ metric: 'rmse', targets: [name], features: { [`${name} 2`]: 'text' } });
    for (const text of Object.values(renderBaselines(formulation))) assert.doesNotMatch(text, /^import os/m);
  });
});
