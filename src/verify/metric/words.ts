// How trials of metric.py are told to people.
import type { Finding } from '../../task/findings.ts';
import type { End, Trial, Trials } from './probe.ts';

/** Six significant digits: enough to recognise a score. */
export function shown(score: number): string {
  return String(Number(score.toPrecision(6)));
}

/** How a call ended, as the rest of a sentence that starts with the grader. */
export function ending(end: End): string {
  switch (end.outcome) {
    case 'scored':
      return end.score === null ? `returns ${end.written || `a ${end.kind}`}` : `returns ${shown(end.score)}`;
    case 'refused':
      return `refuses it ("${clip(end.message)}")`;
    case 'raised':
      return `fails with ${end.error}${end.message === '' ? '' : ` (${clip(end.message)})`}`;
    case 'timeout':
      return 'does not come to an end';
  }
}

/** What a person needs to repeat a trial: the change, how it ended and, where it fits, the submission itself. */
export function counterexample(trial: Trial): Finding['evidence'] {
  return {
    submission: trial.change,
    trial: trial.name,
    ended: ending(trial),
    answers: `${trial.rows} rows of test_answer.csv`,
    ...(trial.submission === null ? {} : { counterexample: trial.submission }),
  };
}

/** The whole submission that shows the fault of a trial, when `grade` ends on it as the trial ended. */
export function wholeFile({ calls, files }: Trials, name: unknown): Trials['files'][number] | null {
  const trial = calls.find((each) => each.name === name);
  const file = files.find((each) => each.name === name);
  if (trial === undefined || file === undefined) return null;
  const ends = {
    scored: trial.score === null ? 'broken' : 'valid',
    refused: 'invalid',
    raised: 'broken',
    timeout: null,
  };
  return ends[trial.outcome] === file.kind ? file : null;
}

function clip(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length <= 160 ? line : `${line.slice(0, 157)}...`;
}
