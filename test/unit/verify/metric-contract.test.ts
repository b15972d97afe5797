// From the trials of metric.py to findings: what is a fault, at which line, and what is let off.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TaskSpec } from '../../../src/task/spec.ts';
import { judgeMetric } from '../../../src/verify/metric/family.ts';
import { type End, joinTrials, type Trial, type Trials } from '../../../src/verify/metric/probe.ts';

const metric: TaskSpec['metric'] = { name: 'accuracy', direction: 'maximize', best: 1, worst: 0, reason: 'Plain.' };

const scored = (score: number | null, kind = 'float'): End => ({
  outcome: 'scored',
  score,
  written: score === null ? 'nan' : String(score),
  kind,
  error: '',
  message: '',
  line: null,
  raisedHere: false,
  mutated: [],
});
const refused: End = {
  ...scored(null, ''),
  outcome: 'refused',
  written: '',
  error: 'InvalidSubmissionError',
  message: 'The column tree must hold known classes.',
  line: 14,
  raisedHere: true,
};
const raised = (error: string, line: number): End => ({
  ...refused,
  outcome: 'raised',
  error,
  line,
  raisedHere: false,
});

const trial = (group: Trial['group'], name: string, end: End, validated: End = end): Trial => ({
  ...end,
  name,
  group,
  change: `${name} is planted`,
  rows: 24,
  validated: validated.outcome === 'scored' ? scored(null, 'NoneType') : validated,
  depends: false,
  submission: null,
  expected: null,
  settled: false,
});

const calls: readonly Trial[] = [
  trial('perfect', 'perfect', scored(1)),
  trial('repeat', 'as it is', scored(0.8)),
  trial('repeat', 'again', scored(0.8)),
  trial('rows', 'rows reversed', scored(0.8)),
  trial('column order', 'columns reversed', scored(0.8)),
  trial('round trip', 'direct', scored(0.4)),
  trial('round trip', 'plain', scored(0.4)),
  trial('ids', 'repeated id', refused),
  trial('columns', 'empty file', refused),
  trial('surplus', 'surplus column', refused),
  trial('missing', 'missing prediction', refused),
  trial('values', 'unknown class', refused),
  trial('constant', 'constant class', scored(0.3)),
  trial('degenerate', 'one row', scored(1)),
];

const good: Trials = {
  loaded: scored(null, 'NoneType'),
  lines: { evaluate: 22, validate_submission: 12, InvalidSubmissionError: 8 },
  problem: null,
  calls: [...calls],
  noise: [1, 0.8, 0.6, 0.5, 0.3].map((mean, step) => ({ share: step / 4, mean, sd: 0.02 })),
  files: [],
  varied: true,
  reference: { expected: 0.7, score: 0.7, change: 'half of it is random', agrees: true },
  convention: null,
  unscored: null,
  slow: { rows: 5000, seconds: 0.01, tenfold: 0.1, outcome: 'scored' },
  events: [],
  replaced: [],
  printed: 0,
};

const found = (trials: Trials, of = metric): string[] =>
  judgeMetric(trials, of).faults.map(({ check, severity }) => `${check.code} ${severity ?? check.severity}`);
const changed = (name: string, change: Partial<Trial>): Trials => ({
  ...good,
  calls: calls.map((call) => (call.name === name ? { ...call, ...change } : call)),
});

describe('the contract of metric.py', () => {
  it('finds nothing wrong with a good grader', () => {
    assert.deepEqual(found(good), []);
    assert.equal(judgeMetric(good, metric).skipped.size, 0);
  });

  it('joins what two jobs measured into what one would tell', () => {
    const nothing = { noise: [], reference: null, convention: null, unscored: null, slow: null };
    const opened = { event: 'open', detail: 'reads secrets.txt', line: 7 };
    const forms: Trials = { ...good, ...nothing, events: [opened], printed: 3 };
    const figures: Trials = { ...good, calls: [], events: [opened], replaced: ['numpy.mean'], printed: 2 };
    assert.deepEqual(joinTrials({ ...good, ...nothing }, { ...good, calls: [], varied: false }), good);
    const joined = joinTrials(forms, figures);
    assert.deepEqual([joined.events, joined.replaced, joined.printed], [[opened], ['numpy.mean'], 5]);
    assert.equal(joinTrials(forms, { ...figures, problem: 'it broke' }).problem, 'it broke');
  });

  it('wants the declared best for the answers themselves', () => {
    assert.deepEqual(found(changed('perfect', scored(0.99))), ['MET001 error']);
    assert.deepEqual(found(changed('perfect', scored(1 - 1e-12))), []);
  });
  it('stops at a grader that cannot score, and says which checks it could not make', () => {
    const broken = changed('perfect', raised('NameError', 26));
    const { faults, skipped } = judgeMetric(broken, metric);
    assert.deepEqual(
      faults.map(({ check, line }) => [check.code, line]),
      [['MET001', 26]],
    );
    assert.match([...skipped.values()][0] ?? '', /does not score the answers/);
  });
  it('reports a grader that cannot be loaded at its line', () => {
    const { faults, skipped } = judgeMetric({ ...good, calls: [], loaded: raised('ImportError', 3) }, metric);
    assert.deepEqual([faults[0]?.check.code, faults[0]?.line, skipped.size], ['MET001', 3, 20]);
  });

  it('finds scores beyond the declared range', () => {
    assert.deepEqual(found(changed('constant class', scored(1.2))), ['MET002 error']);
    assert.deepEqual(found(changed('constant class', scored(-0.1))), ['MET002 error']);
    assert.deepEqual(found(changed('constant class', scored(-0.1)), { ...metric, worst: null }), []);
  });
  it('finds scoring by row position', () => {
    assert.deepEqual(found(changed('rows reversed', scored(0.31))), ['MET003 error']);
    assert.deepEqual(found(changed('columns reversed', raised('KeyError', 24))), ['MET003 error']);
  });
  it('finds scores that change from call to call, and compares no further', () => {
    const trials = changed('again', scored(0.81));
    assert.deepEqual(found(trials), ['MET012 error']);
    assert.deepEqual(
      [...judgeMetric(trials, metric).skipped.keys()].map((c) => c.code),
      ['MET003', 'MET015', 'MET020'],
    );
  });

  it('wants bad submissions refused', () => {
    const codes = {
      'repeated id': 'MET004',
      'empty file': 'MET005',
      'missing prediction': 'MET006',
      'unknown class': 'MET007',
    };
    for (const [name, code] of Object.entries(codes)) {
      assert.deepEqual(
        found(changed(name, { ...scored(0.3), validated: scored(null, 'NoneType') })),
        [`${code} error`],
        name,
      );
    }
  });
  it('thinks less of a surplus column, and of what validate_submission would have refused', () => {
    const lax = { ...scored(0.3), validated: scored(null, 'NoneType') };
    assert.deepEqual(found(changed('surplus column', lax)), ['MET005 warning']);
    assert.deepEqual(found(changed('repeated id', { ...scored(0.3), validated: refused })), ['MET004 warning']);
  });
  it('tells a crash from a refusal, at the line that broke', () => {
    const crash = raised('KeyError', 25);
    const [fault] = judgeMetric(changed('repeated id', { ...crash, validated: crash }), metric).faults;
    assert.deepEqual([fault?.check.code, fault?.line], ['MET008', 25]);
    assert.match(fault?.message ?? '', /ends in KeyError instead of InvalidSubmissionError/);
  });
  it('wants messages to act on', () => {
    assert.deepEqual(found(changed('repeated id', { message: 'bad' })), ['MET008 warning']);
  });
  it('finds messages that tell answers, without repeating them', () => {
    const { faults } = judgeMetric(changed('unknown class', { depends: true, message: 'It was birch.' }), metric);
    assert.deepEqual(
      faults.map(({ check }) => check.code),
      ['MET009'],
    );
    assert.doesNotMatch(JSON.stringify(faults), /birch/);
  });
  it('wants validate_submission and evaluate to agree', () => {
    assert.deepEqual(found(changed('empty file', { validated: scored(null, 'NoneType') })), ['MET019 warning']);
    assert.deepEqual(found(changed('constant class', { validated: refused })), ['MET019 warning']);
  });

  it('finds a wrong direction', () => {
    const spoilt = { ...good, noise: good.noise.map(({ share, sd }, i) => ({ share, sd, mean: i / 5 })) };
    assert.deepEqual(found(spoilt), ['MET010 error']);
  });
  it('finds a score that does not move, and one that improves on the way', () => {
    const flat = { ...good, noise: good.noise.map((step) => ({ ...step, mean: 1 })) };
    assert.deepEqual(found(flat), ['MET010 error']);
    const bump = { ...good, noise: good.noise.map((step, i) => (i === 3 ? { ...step, mean: 0.9 } : step)) };
    assert.deepEqual(found(bump), ['MET010 error']);
  });
  it('takes small steps back for noise', () => {
    const wavy = { ...good, noise: good.noise.map((step, i) => (i === 3 ? { ...step, mean: 0.61 } : step)) };
    assert.deepEqual(found(wavy), []);
  });
  it('finds constants that reach the best score, unless the answers are one value', () => {
    const trials = changed('constant class', scored(1));
    assert.deepEqual(found(trials), ['MET011 error']);
    assert.deepEqual(found({ ...trials, varied: false }), []);
  });
  it('finds another metric than the declared one', () => {
    const other = { expected: 0.7, score: 0.6, change: 'half of it is random' };
    assert.deepEqual(found({ ...good, reference: { ...other, agrees: false } }), ['MET020 error']);
    assert.deepEqual(found({ ...good, convention: other }), ['MET020 warning']);
  });
  it('wants a score for every submission of the declared form, and thinks less of a refusal', () => {
    const change = 'every prediction is 0';
    assert.deepEqual(found({ ...good, unscored: { ...raised('ZeroDivisionError', 27), change } }), ['MET021 error']);
    assert.deepEqual(found({ ...good, unscored: { ...refused, change } }), ['MET021 warning']);
  });

  it('wants a finite Python float', () => {
    assert.deepEqual(found(changed('constant class', scored(0.3, 'float64'))), ['MET014 error']);
    assert.deepEqual(found(changed('constant class', scored(null))), ['MET014 error']);
  });
  it('wants the same score from a file, and thinks less of a refusal there', () => {
    assert.deepEqual(found(changed('plain', scored(0.2))), ['MET015 error']);
    assert.deepEqual(found(changed('plain', { ...refused, validated: refused })), ['MET015 warning']);
  });
  it('wants the same score of other spellings, but lets them be refused, and hints at a crash', () => {
    const plain = trial('spelling', 'as it is', scored(0.4));
    const spelt = (end: End): Trials => ({ ...good, calls: [...calls, plain, trial('spelling', 'all text', end)] });
    assert.deepEqual(found(spelt(scored(0.4))), []);
    assert.deepEqual(found(spelt(scored(0.2))), ['MET015 error']);
    assert.deepEqual(found(spelt(refused)), []);
    assert.deepEqual(found(spelt(raised('TypeError', 30))), ['MET015 information']);
  });
  it('wants the score of the definition on odd parts, and a refusal only where it is 0 / 0', () => {
    const part = (end: End, settled: boolean) =>
      found(changed('one row', { ...end, validated: end, expected: 0.5, settled }));
    assert.deepEqual(part(scored(0.5), true), []);
    assert.deepEqual(part(scored(0.25), true), ['MET016 warning']);
    assert.deepEqual(part(scored(0.25), false), ['MET016 warning']);
    assert.deepEqual(part(refused, true), ['MET016 warning']);
    assert.deepEqual(part(refused, false), []);
    assert.deepEqual(part(scored(0.5, 'float64'), true), ['MET014 error']);
  });
  it('accepts a clear refusal of a test part without a score, and nothing less', () => {
    assert.deepEqual(found(changed('one row', { ...raised('ValueError', 30), raisedHere: true })), []);
    assert.deepEqual(found(changed('one row', raised('ZeroDivisionError', 30))), ['MET016 warning']);
    assert.deepEqual(found(changed('one row', scored(null))), ['MET016 warning']);
  });

  it('finds tables that were changed', () => {
    assert.deepEqual(found(changed('perfect', { mutated: ['answers'] })), ['MET013 warning']);
  });
  it('finds time that grows with the square of the rows, where it is felt', () => {
    const slow = (seconds: number, tenfold: number) =>
      found({ ...good, slow: { rows: 5000, seconds, tenfold, outcome: 'scored' } });
    assert.deepEqual(slow(0.05, 5), ['MET017 warning']);
    assert.deepEqual(slow(0.5, 5), []);
    assert.deepEqual(slow(0.001, 0.1), []);
  });
  it('finds graders that do more than compute', () => {
    const event = { event: 'os.fork', detail: 'os.fork()', line: 23 };
    assert.deepEqual(found({ ...good, events: [event] }), ['MET018 error']);
    assert.deepEqual(found({ ...good, replaced: ['DataFrame.equals'] }), ['MET018 error']);
    assert.deepEqual(found({ ...good, printed: 50_000 }), ['MET018 warning']);
    assert.deepEqual(found({ ...good, printed: 40 }), []);
  });
  it('finds graders that do not end, at the line where they were stopped', () => {
    const stuck: End = { ...scored(null, ''), outcome: 'timeout', written: '', line: 23 };
    const { faults } = judgeMetric({ ...good, calls: [trial('perfect', 'perfect', stuck)], noise: [] }, metric);
    assert.deepEqual(
      faults.map(({ check, line }) => [check.code, line]),
      [
        ['MET001', 23],
        ['MET018', 23],
      ],
    );
  });
});
