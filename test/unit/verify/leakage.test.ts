// From measured figures to leaks: what counts, how much it weighs, and what is let off.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeLeaks } from '../../../src/verify/leakage/family.ts';
import type { Leaks, TargetLeaks } from '../../../src/verify/leakage/probe.ts';

const place = (part: 'train' | 'test', line: number) => ({ file: `data/public/${part}.csv`, line, length: 20 });
const twins = [{ test: place('test', 7), train: place('train', 3) }];

const clean: TargetLeaks = {
  name: 'kind',
  classes: 3,
  alone: {
    features: [
      { column: 'length', kind: 'number', skill: 0.62, error: 0.04 },
      { column: 'colour', kind: 'category', skill: 0.2, error: 0.04 },
    ],
    model: 0.8,
  },
  spelling: [],
  emptiness: null,
  restated: [],
  formulas: [],
  ids: [{ view: 'value', skill: 0.03, error: 0.04 }],
  neighbours: [
    { file: 'data/public/test.csv', alike: 0.35, chance: 0.34, errors: 0.4, sortedByTarget: false, sortedBy: null },
  ],
  lookAhead: [],
  entities: [],
  exposed: { column: null, files: [] },
  sample: { agreement: 0.34, chance: 0.33, errors: 0.5, measure: 'share' },
  media: [],
};

const quiet: Leaks = {
  problem: null,
  rows: { train: 700, test: 300 },
  features: 5,
  duplicates: {
    count: 0,
    test: 300,
    distinct: 1,
    sharpest: 0.9,
    expected: 0,
    key: null,
    media: false,
    agree: null,
    chance: null,
    conflicting: 0,
    repeated: 0,
    examples: [],
  },
  near: [],
  alike: null,
  groups: null,
  times: null,
  shift: { auc: 0.52, column: null },
  targets: [clean],
  headers: { train: {}, test: {} },
};

const found = (leaks: Leaks): string[] => judgeLeaks(leaks, 'id').map((l) => `${l.check.code} ${l.severity}`);
const ofTarget = (changes: Partial<TargetLeaks>): string[] => found({ ...quiet, targets: [{ ...clean, ...changes }] });
const ofPackage = (changes: Partial<Leaks>): string[] => found({ ...quiet, ...changes });
const alone = (skill: number, without: number, second = 0.2): Partial<TargetLeaks> => ({
  alone: {
    features: [
      { column: 'outcome', kind: 'number', skill, error: 0.02, without },
      { column: 'colour', kind: 'category', skill: second, error: 0.04 },
    ],
    model: 0.99,
  },
});

describe('leaks in figures', () => {
  it('finds nothing in a clean package', () => {
    assert.deepEqual(found(quiet), []);
  });

  describe('rows', () => {
    const duplicates = (changes: Partial<NonNullable<Leaks['duplicates']>>) =>
      ofPackage({
        duplicates: { ...(quiet.duplicates as NonNullable<Leaks['duplicates']>), ...changes, examples: twins },
      });

    it('weighs repeated rows by their share', () => {
      assert.deepEqual(duplicates({ count: 30 }), ['LEK001 error']);
      assert.deepEqual(duplicates({ count: 1 }), ['LEK001 warning']);
    });
    it('lets off tables of few combinations, whose rows meet by chance', () => {
      assert.deepEqual(duplicates({ count: 250, sharpest: 0.02, distinct: 0.1, expected: 240 }), []);
    });
    it('doubts repetitions beyond chance in tables without a sharp column', () => {
      assert.deepEqual(duplicates({ count: 40, sharpest: 0.3, distinct: 0.95, expected: 0.5 }), ['LEK001 warning']);
    });
    it('shows the pair of lines, and suggests how to keep equal texts together', () => {
      const [leak] = judgeLeaks(
        {
          ...quiet,
          duplicates: {
            ...(quiet.duplicates as NonNullable<Leaks['duplicates']>),
            count: 9,
            key: 'message',
            examples: twins,
          },
        },
        'id',
      );
      assert.deepEqual(leak?.where, { line: place('test', 7) });
      assert.deepEqual(leak?.related?.[0]?.place, place('train', 3));
      assert.deepEqual(leak?.evidence['split'], { kind: 'group', key: 'normalized-text', column: 'message' });
    });
    it('tells of rows that contradict each other', () => {
      assert.deepEqual(duplicates({ conflicting: 20, repeated: 30 }), ['LEK003 warning']);
      assert.deepEqual(duplicates({ conflicting: 4, repeated: 30 }), []);
    });
    it('tells of texts and pictures that are nearly the same', () => {
      const near = [{ column: 'message', count: 9, test: 300, examples: twins }];
      assert.deepEqual(ofPackage({ near, alike: { count: 12, test: 300, examples: twins } }), [
        'LEK002 warning',
        'LEK002 warning',
      ]);
    });
  });

  describe('single features', () => {
    it('is a leak when nearly perfect alone and far ahead of all others together', () => {
      assert.deepEqual(ofTarget(alone(1, 0.6)), ['LEK006 error']);
    });
    it('is a strong feature when others are as good', () => {
      assert.deepEqual(ofTarget(alone(0.97, 0.95)), []);
      assert.deepEqual(ofTarget(alone(0.97, 0.5, 0.96)), []);
    });
    it('is a strong feature when it leaves room', () => {
      assert.deepEqual(ofTarget(alone(0.88, 0.3)), []);
    });
    it('is doubtful when strong and far ahead', () => {
      assert.deepEqual(ofTarget(alone(0.93, 0.5)), ['LEK006 warning']);
    });
    it('asks less of numbers, whose skill is a share of the error', () => {
      assert.deepEqual(ofTarget({ ...alone(0.92, 0.6), classes: 0 }), ['LEK006 error']);
    });
    it('does not trust a score of a handful of rows', () => {
      const [first, ...rest] = alone(1, 0.6).alone?.features ?? [];
      assert.ok(first);
      assert.deepEqual(ofTarget({ alone: { features: [{ ...first, error: 0.25 }, ...rest], model: 1 } }), []);
    });
    it('reports a column once, by what weighs most', () => {
      const emptiness = {
        together: { skill: 0.99, error: 0.01 },
        columns: [{ column: 'outcome', skill: 0.99, error: 0.01 }],
        rival: 0.2,
      };
      assert.deepEqual(ofTarget({ ...alone(1, 0.6), emptiness }), ['LEK008 error']);
    });
  });

  describe('columns that say more than they should', () => {
    it('weighs pieces of codes', () => {
      const view = (skill: number, whole = 0) => [
        { column: 'code', view: 'last character', skill, whole, error: 0.03 },
      ];
      assert.deepEqual(ofTarget({ spelling: view(0.7) }), ['LEK007 error']);
      assert.deepEqual(ofTarget({ spelling: view(0.3) }), ['LEK007 warning']);
      assert.deepEqual(ofTarget({ spelling: view(0.15) }), []);
      assert.deepEqual(ofTarget({ spelling: view(0.7, 0.68) }), []);
    });
    const cells = (skill: number, rival = 0.2) => ({
      rival,
      together: { skill, error: 0.03 },
      columns: [{ column: 'paid', skill, error: 0.03 }],
    });

    it('weighs empty cells', () => {
      assert.deepEqual(ofTarget({ emptiness: cells(0.9) }), ['LEK008 error']);
      assert.deepEqual(ofTarget({ emptiness: cells(0.4) }), ['LEK008 warning']);
      assert.deepEqual(ofTarget({ emptiness: cells(0.2) }), []);
    });
    it('lets off a pattern that tells no more than a feature does', () => {
      assert.deepEqual(ofTarget({ emptiness: cells(0.68, 0.9) }), []);
      assert.deepEqual(ofTarget({ emptiness: cells(0.68, 0.6) }), ['LEK008 warning']);
    });
    it('counts words that hold the class only above chance', () => {
      const said = (share: number, chance: number) => ({ restated: [{ column: 'title', share, chance }] });
      assert.deepEqual(ofTarget(said(1, 0.35)), ['LEK009 error']);
      assert.deepEqual(ofTarget(said(0.3, 0.05)), ['LEK009 warning']);
      assert.deepEqual(ofTarget(said(0.95, 0.95)), []);
      assert.deepEqual(ofTarget(said(0.15, 0.03)), []);
    });
    it('names one column of a formula to leave out', () => {
      const formulas = [{ columns: ['price', 'tax'], operation: 'sum', share: 1 }];
      const [leak] = judgeLeaks({ ...quiet, targets: [{ ...clean, formulas }] }, 'id');
      assert.match(leak?.message ?? '', /"kind" is the sum of "price" and "tax" in 100 % of the rows/);
      assert.equal(leak?.evidence['column'], 'price');
    });
    it('says of a formula with a remainder what it explains', () => {
      const formulas = [{ columns: ['paid', 'hours'], operation: 'quotient', share: 0.99 }];
      const [leak] = judgeLeaks({ ...quiet, targets: [{ ...clean, formulas }] }, 'id');
      assert.match(
        leak?.message ?? '',
        /is nearly the ratio of "paid" and "hours", which explains 99 % of its variance/,
      );
    });
  });

  describe('ids and order', () => {
    const sorted = { alike: 0.99, chance: 0.34, errors: 30, sortedByTarget: true, sortedBy: null };

    it('finds ids that tell the target', () => {
      assert.deepEqual(ofTarget({ ids: [{ view: 'value', skill: 0.4, error: 0.04 }] }), ['LEK004 error']);
      assert.deepEqual(ofTarget({ ids: [{ view: 'length', skill: 0.12, error: 0.05 }] }), []);
    });
    it('weighs order by the file that has it', () => {
      const inFile = (file: string) => ofTarget({ neighbours: [{ ...sorted, file }] });
      assert.deepEqual(inFile('data/public/test.csv'), ['LEK005 error']);
      assert.deepEqual(inFile('data/public/train.csv'), ['LEK005 warning']);
      assert.deepEqual(inFile('data/private/test_answer.csv'), ['LEK005 warning']);
    });
    it('lets off an order that a public column explains', () => {
      const file = 'data/public/test.csv';
      assert.deepEqual(ofTarget({ neighbours: [{ ...sorted, file, sortedBy: 'date' }] }), []);
    });
  });

  describe('splits', () => {
    it('finds declared groups in both parts', () => {
      const groups = { columns: ['farm'], shared: 3, rows: 20, examples: ['a'], place: place('test', 2) };
      assert.deepEqual(ofPackage({ groups }), ['LEK011 error']);
      assert.deepEqual(ofPackage({ groups: { ...groups, shared: 0, rows: 0 } }), []);
    });
    it('finds test rows that are not later', () => {
      const times = { column: 'day', early: 1, test: 300, latest: '2020-01-01', place: null };
      assert.deepEqual(ofPackage({ times }), ['LEK013 error']);
      assert.deepEqual(ofPackage({ times: { ...times, early: 0 } }), []);
    });
    it('warns of entities that carry the score, with the split to make instead', () => {
      const entity = (random: number, grouped: number, shared = 0.9): TargetLeaks['entities'] => [
        {
          columns: ['artist'],
          by: 'entity',
          shared,
          random: { skill: random, error: 0.02 },
          grouped: { skill: grouped, error: 0.02 },
        },
      ];
      assert.deepEqual(ofTarget({ entities: entity(0.9, 0.3) }), ['LEK012 warning']);
      assert.deepEqual(ofTarget({ entities: entity(0.6, 0.55) }), []);
      assert.deepEqual(ofTarget({ entities: entity(0.9, 0.3, 0.1) }), []);
      const [leak] = judgeLeaks({ ...quiet, targets: [{ ...clean, entities: entity(0.9, 0.3) }] }, 'id');
      assert.deepEqual(leak?.evidence['split'], { kind: 'group', by: ['artist'] });
    });
    it('finds answers in later rows', () => {
      const lag = (share: number) => [{ column: 'yesterday', steps: 1, series: null, share }];
      assert.deepEqual(ofTarget({ lookAhead: lag(1) }), ['LEK014 error']);
      assert.deepEqual(ofTarget({ lookAhead: lag(0.2) }), []);
    });
    it('tells of parts that can be told apart, by degree', () => {
      assert.deepEqual(ofPackage({ shift: { auc: 0.9, column: 'length' } }), ['LEK018 warning']);
      assert.deepEqual(ofPackage({ shift: { auc: 0.74, column: 'length' } }), ['LEK018 information']);
    });
  });

  describe('answers in public', () => {
    const file = { file: 'data/public/x.csv', how: 'beside ids', rows: 300, line: 2 };

    it('finds the target in test.csv', () => {
      assert.deepEqual(ofTarget({ exposed: { column: 0, files: [] } }), ['LEK015 error']);
    });
    it('counts files with answers only above chance', () => {
      const held = (share: number, chance: number) =>
        ofTarget({ exposed: { column: null, files: [{ ...file, share, chance }] } });
      assert.deepEqual(held(1, 0.35), ['LEK015 error']);
      assert.deepEqual(held(0.7, 0.35), ['LEK015 warning']);
      assert.deepEqual(held(0.95, 0.94), []);
    });
    it('holds properties of media to a stricter rule than their content', () => {
      const media = (property: string, content: boolean, skill: number) =>
        ofTarget({ media: [{ property, content, skill, error: 0.02 }] });
      assert.deepEqual(media('metadata', false, 0.3), ['LEK016 error']);
      assert.deepEqual(media('bytes', true, 0.3), []);
      assert.deepEqual(media('bytes', true, 0.7), ['LEK016 warning']);
    });
    it('finds samples that know the answers, also turned around', () => {
      const sample = (errors: number) =>
        ofTarget({ sample: { agreement: 0.6, chance: 0.3, errors, measure: 'share' } });
      assert.deepEqual(sample(9), ['LEK017 error']);
      assert.deepEqual(sample(-9), ['LEK017 error']);
      assert.deepEqual(sample(3), []);
    });
  });
});
