// From what the panel of cheating solvers got to findings: what is a leak, what is chance, and what is let off.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgePanel } from '../../../src/verify/adversary/family.ts';
import type { Faced } from '../../../src/verify/adversary/panel.ts';
import type { Entry, PanelResult } from '../../../src/verify/adversary/probe.ts';

const metric = { name: 'macro-f1', direction: 'maximize', best: 1, worst: 0, reason: 'Uneven classes.' } as const;

const graded = (score: number, more: Partial<PanelResult> = {}): PanelResult => ({
  kind: 'valid',
  score,
  seconds: 0.01,
  speaks: false,
  resampled: [score - 0.02, score, score + 0.02],
  shuffled: [],
  ...more,
});
const refused: PanelResult = {
  kind: 'invalid',
  message: 'Every id of test.csv must appear exactly once.',
  seconds: 0.01,
  speaks: false,
  resampled: [],
  shuffled: [],
};
const broken: PanelResult = { ...refused, kind: 'broken', message: 'KeyError: 7' };

type Row = readonly [Entry['group'], string, PanelResult, string?];

/** A clean panel, and more or other rows. */
function faced(rows: readonly Row[], more: Partial<Faced> = {}): Faced {
  const all: readonly Row[] = [
    ['copy', 'sample', graded(0.18)],
    ['shuffle', 'shuffled 0', graded(0.17)],
    ['shuffle', 'shuffled 1', graded(0.19)],
    ['draw', 'drawn 0', graded(0.19), 'drawn evenly'],
    ['constant', 'always rain', graded(0.2)],
    ['tile', 'tiled', graded(0.19)],
    ['nearest id', 'nearest', graded(0.19)],
    ['order', 'rising', graded(0.19)],
    ['plain', 'plain', graded(0.18)],
    ['duplicate', 'repeated', refused],
    ['missing', 'all empty', refused],
    ['odd id', 'formula', refused],
    ['odd id', 'bell', refused],
    ['odd value', 'value 0x10', refused],
    ['odd value', 'value 1', graded(0.18)],
    ['large', 'large cell', refused],
    ...rows,
  ];
  const entries = new Map(all.map(([group, name, , mix]) => [name, { name, group, mix: mix ?? null, change: name }]));
  const results = Object.fromEntries(all.map(([, name, result]) => [name, result]));
  return {
    cheated: {
      problem: null,
      entries: [...entries.values()],
      special: [],
      contained: true,
      tampered: [],
      found: { seen: 10, taken: ['/etc/passwd', '/home/someone/tasks/test_answer.csv'] },
    },
    floor: 'constant',
    panel: {
      rows: 100,
      stopped: false,
      fails: false,
      results: { constant: graded(0.2), ...results },
      loot: [{ number: 0, lines: 0, of: 100 }],
    },
    ended: null,
    taken: [],
    changed: false,
    kept: {},
    ...more,
  };
}

const found = (panel: Faced, strong: number | null = 0.8): string[] =>
  judgePanel(panel, metric, strong).map(({ check, severity }) => `${check.code} ${severity ?? check.severity}`);

const informed = (score: number) => graded(score, { shuffled: [0.18, 0.2, 0.19, 0.21, 0.19] });

describe('the panel of cheating solvers', () => {
  it('says nothing of a clean grader', () => assert.deepEqual(found(faced([])), []));

  const planted: readonly (readonly [string, readonly Row[], string])[] = [
    ['a sample submission made from the answers', [['copy', 'sample', informed(0.5)]], 'ADV001 error'],
    [
      'a sample whose every shuffle wins',
      [
        ['shuffle', 'shuffled 0', graded(0.5)],
        ['shuffle', 'shuffled 1', graded(0.52)],
      ],
      'ADV002 error',
    ],
    ['a constant that beats the constant baseline', [['constant', 'always sun', graded(0.4)]], 'ADV003 warning'],
    ['a constant that beats the strong baseline', [['constant', 'always sun', graded(0.9)]], 'ADV003 error'],
    ['a huge number that beats the floor', [['huge', 'all 1e308', graded(0.4)]], 'ADV003 error'],
    ['train and test in one order', [['tile', 'tiled', informed(0.5)]], 'ADV004 error'],
    ['neighbouring ids with neighbouring answers', [['nearest id', 'nearest', informed(0.5)]], 'ADV005 error'],
    ['sorted answers', [['order', 'rising', informed(0.5)]], 'ADV006 error'],
    ['repeated rows that count', [['duplicate', 'repeated', graded(0.3)]], 'ADV008 error'],
    ['undefined predictions that win', [['missing', 'all empty', graded(0.9)]], 'ADV009 error'],
    ['one hostile id that is scored', [['odd id', 'formula', graded(0.18)]], 'ADV010 error'],
    ['one hostile id that breaks the grader', [['odd id', 'bell', broken]], 'ADV010 error'],
    ['a spelling that breaks the grader', [['odd value', 'value 0x10', broken]], 'ADV011 error'],
    [
      'a number that overflows',
      [['huge', 'all 1e308', { ...broken, message: 'evaluate returned inf' }]],
      'ADV011 error',
    ],
    ['a large cell that never ends', [['large', 'large cell', { ...refused, kind: 'timeout' }]], 'ADV012 error'],
    [
      'a refusal that says an answer',
      [
        ['odd value', 'value 0x10', { ...refused, speaks: true }],
        ['odd value', 'value x', refused],
      ],
      'ADV013 error',
    ],
  ];
  for (const [what, rows, code] of planted) {
    it(`finds ${what}`, () => assert.deepEqual(found(faced(rows)), [code]));
  }

  it('finds answers among what a solver took along, and names no folder of this machine', () => {
    const panel = faced([]);
    const loot = [{ number: 1, lines: 90, of: 100 }];
    const [fault] = judgePanel({ ...panel, panel: panel.panel && { ...panel.panel, loot } }, metric, 0.8);
    assert.equal(fault?.check.code, 'ADV014');
    assert.match(fault?.message ?? '', /test_answer\.csv/);
    assert.doesNotMatch(JSON.stringify(fault), /someone/);
  });

  it('finds links that are read, places that can be written, and a grader that changed', () => {
    assert.deepEqual(found(faced([], { taken: ['a link'] })), ['ADV015 error']);
    assert.deepEqual(found(faced([], { changed: true })), ['ADV016 error']);
    const open = faced([]);
    assert.deepEqual(found({ ...open, cheated: { ...open.cheated, tampered: ['/usr/lib'] } }), ['ADV016 error']);
  });

  it('tells at which submission a grader took the panel down', () => {
    const panel = faced([], { panel: null, ended: { why: 'stopped at its memory limit', last: 'large cell' } });
    const [fault, ...others] = judgePanel(panel, metric, 0.8);
    assert.equal(fault?.check.code, 'ADV012');
    assert.match(fault?.message ?? '', /large cell.*memory limit/);
    assert.deepEqual(others, []);
  });

  it('lets a guess off that its own shuffles equal, or that does not beat every resampled floor', () => {
    const lucky = graded(0.5, { shuffled: [0.48, 0.5, 0.52, 0.51, 0.49] });
    const unsure = graded(0.5, { resampled: [0.1, 0.5, 0.9], shuffled: [0.18, 0.2, 0.19] });
    for (const result of [lucky, unsure]) assert.deepEqual(found(faced([['tile', 'tiled', result]])), []);
  });

  it('finds what a grader does with every submission of a kind, so that no other family is needed', () => {
    const rows: readonly Row[] = [
      ['odd id', 'formula', broken],
      ['odd id', 'bell', broken],
    ];
    assert.deepEqual(found(faced(rows)), ['ADV010 error']);
    const every: readonly Row[] = [
      ['odd id', 'formula', { ...refused, speaks: true }],
      ['odd id', 'bell', { ...refused, speaks: true }],
    ];
    assert.deepEqual(found(faced(every)), ['ADV013 error']);
  });

  it('asks a grader that fails on the baseline and on the sample no more', () => {
    const panel = faced([['copy', 'sample', broken]]);
    const results = { constant: broken, sample: broken };
    const fault = { ...panel, panel: panel.panel && { ...panel.panel, results, fails: true } };
    assert.deepEqual(found(fault), ['ADV011 error']);
  });

  describe('chance above the constant baseline', () => {
    const lucky: readonly Row[] = [['draw', 'drawn 0', graded(0.31), 'drawn evenly']];
    it('is information while models do much better', () => {
      const [fault] = judgePanel(faced(lucky), metric, 0.8);
      assert.equal(`${fault?.check.code} ${fault?.severity}`, 'ADV007 information');
      assert.match(fault?.message ?? '', /nature of the metric and no leak.*read against 0\.31.*18 % of the way/);
    });
    it('is a warning where it covers half of the way', () =>
      assert.deepEqual(found(faced(lucky), 0.4), ['ADV007 warning']));
    it('is an error where models do no better', () => assert.deepEqual(found(faced(lucky), 0.3), ['ADV007 error']));
    it('is the floor that other guesses are held against', () => {
      const rows: readonly Row[] = [
        ...lucky,
        ['shuffle', 'shuffled 0', graded(0.32)],
        ['constant', 'always sun', graded(0.32)],
      ];
      assert.deepEqual(found(faced(rows)), ['ADV007 information']);
    });
  });
});
