import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TableIdea } from '../../../src/agents/brainstormer/idea.ts';
import { tableIdeas } from '../../../src/agents/brainstormer/ideas/table-ideas.ts';
import { passedOver, sortByAppeal } from '../../../src/agents/brainstormer/rules/worth-asking.ts';
import { judgeTable } from '../../../src/dataset/judge-table.ts';
import { dataset, numbers, table } from '../dataset/profiles.ts';

const idea = (target: string, appeal: number) =>
  ({
    kind: 'table',
    family: 'table',
    targets: [target],
    table: table([numbers(target, 1, 9)]),
    appeal,
    why: 'numbers',
  }) as unknown as TableIdea;

describe('which ideas are worth asking', () => {
  it('are the appealing ones, best first; the others wait, and hopeless ones are not kept', () => {
    const { asked, spare } = sortByAppeal([
      idea('width', 0.4),
      idea('price', 0.7),
      idea('name', 0.2),
      idea('sales', 0.9),
    ]);
    assert.deepEqual(
      asked.map((one) => one.targets[0]),
      ['sales', 'price'],
    );
    assert.deepEqual(
      spare.map((one) => one.targets[0]),
      ['width'],
    );
  });

  it('begin with what the dataset is called after, however short the name', () => {
    const cars = table([numbers('mpg', 9, 47), numbers('weight', 1600, 5200), numbers('length', 1, 9)], {
      id: 'mpg.csv',
    });
    const found = tableIdeas({ profile: dataset([cars]), table: cars, judgement: judgeTable(cars) });
    const appeal = (name: string) => found.find((one) => one.targets[0] === name)?.appeal ?? 0;
    assert.ok(appeal('mpg') > 0.55);
  });

  it('leaves a record of those that were passed over', () => {
    const [record] = passedOver([idea('width', 0.4)]);
    assert.equal(record?.code, 'NOT_ASKED');
    assert.match(record?.idea ?? '', /width/);
  });
});
