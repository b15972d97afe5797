import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { predictionShape } from '../../../src/blueprints/metric-code/prediction-shape.ts';
import { toyFormulation } from './toy-formulation.ts';

describe('predictionShape', () => {
  test('asks for one column per class where probabilities of all classes are scored', () => {
    const shape = predictionShape(toyFormulation({ metric: 'log-loss', classes: ['a', 'b c'] }));
    assert.deepEqual(shape.columns, ['prob_a', 'prob_b c']);
  });

  test('asks for every target of a multi-output task', () => {
    const shape = predictionShape(toyFormulation({ metric: 'mae', targets: ['width', 'height'] }));
    assert.deepEqual(shape.columns, ['width', 'height']);
    assert.equal(shape.kind, 'number');
  });

  test('takes ordered levels that are numbers as numbers', () => {
    const shape = predictionShape(
      toyFormulation({ metric: 'mae', objective: 'ordinal-regression', classes: ['1', '2'] }),
    );
    assert.equal(shape.kind, 'number');
  });

  test('takes ordered levels that are words by name, also under a metric on numbers', () => {
    const shape = predictionShape(
      toyFormulation({ metric: 'mae', objective: 'ordinal-regression', classes: ['low', 'high'] }),
    );
    assert.equal(shape.kind, 'label');
  });
});
