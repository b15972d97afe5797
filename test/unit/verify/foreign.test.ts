// From the trials of a foreign grader to findings: what pays is an error, what is only accepted a warning.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ForeignTask } from '../../../src/task/foreign.ts';
import { judgeForeign } from '../../../src/verify/foreign/metric.ts';
import type { ForeignTrials } from '../../../src/verify/foreign/probe.ts';
import type { Trial } from '../../../src/verify/metric/probe.ts';

const task: ForeignTask = {
  format: 'mle-bench',
  folder: '/task',
  id: 'task',
  grader: 'grade.py',
  module: 'suite.grade',
  interface: { kind: 'function', name: 'grade', roles: ['submission', 'answers'], invalid: 'E', key: '' },
  helpers: {},
  prepare: null,
  description: null,
  boards: [],
  data: { answers: null, sample: null, train: null, test: null },
  raw: null,
};

const scored = (group: Trial['group'], name: string, score: number | null, more: Partial<Trial> = {}): Trial => ({
  name,
  group,
  change: `${name} is planted`,
  rows: 48,
  outcome: 'scored',
  score,
  written: score === null ? 'nan' : String(score),
  kind: 'float',
  error: '',
  message: '',
  line: null,
  raisedHere: false,
  mutated: [],
  validated: null,
  depends: false,
  submission: null,
  expected: null,
  settled: false,
  ...more,
});
const refused = (group: Trial['group'], name: string): Trial =>
  scored(group, name, null, { outcome: 'refused', written: '', message: 'The ids must be those of the test set.' });

/** An error measure: 0 for the answers, 2 for half-wrong predictions. */
const honest: readonly Trial[] = [
  scored('perfect', 'perfect', 0),
  scored('repeat', 'as it is', 2),
  scored('repeat', 'again', 2),
  scored('rows', 'rows reversed', 2),
  refused('ids', 'missing id'),
  refused('missing', 'missing prediction'),
  scored('constant', 'constant 0', 3),
];
const trials = (calls: readonly Trial[], more: Partial<ForeignTrials> = {}): ForeignTrials => ({
  loaded: scored('perfect', 'loading', null),
  problem: null,
  origin: 'made up',
  kind: 'number',
  columns: ['id', 'depth'],
  higherIsBetter: null,
  calls: [...calls],
  noise: [],
  events: [],
  replaced: [],
  printed: 0,
  ...more,
});
const told = (calls: readonly Trial[], more: Partial<ForeignTrials> = {}): string[] =>
  judgeForeign(trials(calls, more), task).faults.map(
    ({ check, severity }) => `${severity ?? check.severity} ${check.code}`,
  );

describe('a foreign grader', () => {
  it('that refuses what it should has no fault', () => assert.deepEqual(told(honest), []));

  it('is wrong when rows that are withheld leave a perfect score, in the direction that the answers show', () => {
    assert.deepEqual(told([...honest, scored('ids', 'wrong ones left out', 0)]), ['error MET004']);
    assert.deepEqual(told([...honest, scored('missing', 'wrong ones missing', 0)]), ['error MET006']);
  });

  it('is wrong when a right row counts twice', () => {
    assert.deepEqual(told([...honest, scored('ids', 'repeated row', 1.5)]), ['error MET004']);
    assert.deepEqual(told([...honest, scored('ids', 'repeated id', 1.5)]), ['error MET004']);
  });

  it('is warned of what is withheld and takes some value: nothing is gained that could not be predicted', () => {
    assert.deepEqual(told([...honest, scored('ids', 'missing id', 2.5)]), ['warning MET004']);
    assert.deepEqual(told([...honest, scored('missing', 'wrong ones missing', 1)]), ['warning MET006']);
  });

  it('may ignore a surplus row', () => assert.deepEqual(told([...honest, scored('ids', 'extra id', 2)]), []));

  it('must not let NaN pass, nor the infinity that wins; the one that loses is no gain', () => {
    assert.deepEqual(told([...honest, scored('missing', 'all missing', null)]), ['error MET006']);
    assert.deepEqual(told([...honest, scored('missing', 'infinite', null, { written: '-inf' })]), ['error MET006']);
    assert.deepEqual(told([...honest, scored('missing', 'infinite', null, { written: 'inf' })]), ['warning MET006']);
  });

  it('may refuse rows in another order, but not score them differently', () => {
    assert.deepEqual(told([...honest, refused('rows', 'rows shuffled')]), []);
    assert.deepEqual(told([...honest, scored('rows', 'rows shuffled', 2.25)]), ['error MET003']);
  });

  it('by position is told so once, and not again for each id', () => {
    const calls = [...honest, scored('rows', 'rows shuffled', 2.25), scored('ids', 'repeated id', 1.5)];
    assert.deepEqual(told(calls), ['error MET003']);
  });

  it('need not read every column, but the only one', () => {
    const unread = scored('columns', 'no prediction column', 2);
    assert.deepEqual(told([...honest, unread], { columns: ['id', 'depth', 'note'] }), []);
    assert.deepEqual(told([...honest, unread]), ['warning MET005']);
  });

  it('that breaks on a bad submission refuses it in effect: a warning per line', () => {
    const broken = scored('ids', 'unknown id', null, { outcome: 'raised', error: 'KeyError', line: 7 });
    assert.deepEqual(told([...honest, broken, { ...broken, name: 'extra id' }]), ['warning MET008']);
  });

  it('contradicts its declared direction when spoilt predictions score better throughout', () => {
    const rising = [0, 0.5, 1].map((share) => ({ share, mean: share * 4, sd: 0 }));
    assert.deepEqual(told(honest, { higherIsBetter: true, noise: rising }), ['error MET010']);
    assert.deepEqual(told(honest, { higherIsBetter: false, noise: rising }), []);
    const bent = rising.map(({ share, sd }, index) => ({ share, sd, mean: [0, 4, 3][index] ?? 0 }));
    assert.deepEqual(told(honest, { higherIsBetter: true, noise: bent }), []);
  });

  it('must return a number for a constant, too', () => {
    assert.deepEqual(told([...honest, scored('constant', 'constant 1', null)]), ['error MET014']);
    assert.deepEqual(told([...honest, scored('constant', 'constant 1', 3, { kind: 'float64' })]), []);
    assert.deepEqual(told([...honest, scored('constant', 'constant 1', 3, { kind: 'float32' })]), ['error MET014']);
  });

  it('without a score that tells right from wrong is skipped with the reason', () => {
    const { faults, skipped } = judgeForeign(trials([], { origin: null, problem: 'KeyError: x' }), task);
    assert.deepEqual(faults, []);
    assert.equal(skipped.size, 21);
    for (const reason of skipped.values()) assert.match(reason, /KeyError: x/);
  });
});
