import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimateText } from '../../../src/forge/estimate.ts';

const cheap = (_: string, { input, output }: { input: number; output: number }) => (input + output) / 1_000_000;

test('an estimate grows with the tasks, the judges and a solver', () => {
  const tokens = (tasks: number, judges: number, solverActions: number): number => {
    const text = estimateText({ tasks, judges, solverActions, price: cheap });
    return Number(/about ([\d,]+) tokens/.exec(text)?.[1]?.replaceAll(',', ''));
  };
  assert.ok(tokens(2, 0, 0) > tokens(1, 0, 0));
  assert.ok(tokens(1, 2, 0) > tokens(1, 1, 0));
  assert.ok(tokens(1, 1, 8) > tokens(1, 1, 0));
});

test('dollars stand in it where every price is known, and never as nothing where one is not', () => {
  assert.match(estimateText({ tasks: 1, judges: 1, solverActions: 8, price: cheap }), /about \$0\.13\)/);
  const partly = (agent: string) => (agent === 'solver' ? null : 0.01);
  assert.match(estimateText({ tasks: 1, judges: 1, solverActions: 8, price: partly }), /price is not known/);
  assert.match(estimateText({ tasks: 1, judges: 1, solverActions: 0, price: partly }), /about \$0\.0/);
});
