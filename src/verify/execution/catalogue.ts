// The catalogue of family EXE: the baselines run, and their scores form a ladder.
import { type Check, rowsOf } from '../check.ts';

const row = rowsOf('EXE');

export const executionCatalogue = {
  runs: row('EXE001', 'error', {
    title: 'Every baseline runs within its limits on the public data alone.',
    why: 'A baseline is the first thing that a competitor tries; one that needs more than competitors have proves nothing.',
    measured: 'Each script runs in the sandbox with data/public and an empty work folder.',
    remedy: 'Correct the script at the line where it stopped.',
  }),
  valid: row('EXE002', 'error', {
    title: 'Every baseline gives a valid submission.',
    why: 'The submission format that is described must be the one that is graded.',
    measured: 'validate_submission and evaluate of metric.py are run on it.',
    remedy: 'Correct the script, or the rules in metric.py, where they disagree.',
  }),
  deterministic: row('EXE003', 'error', {
    title: 'Every baseline gives the same submission again.',
    why: 'A difficulty that changes from run to run cannot be compared with.',
    measured: 'Two runs in fresh work folders with different starts of the random generators; equal bytes.',
    remedy: 'Seed the model and every draw; sort what comes from sets and folders.',
  }),
  sample: row('EXE004', 'error', {
    title: 'The sample submission is no better than the best constant.',
    why: 'A sample that scores was made from the answers (found in a port of mle-bench).',
    measured:
      'Paired bootstrap: an error when it is better in every draw and by 5 % of the way from the constant to the best score.',
    remedy: 'Draw the sample submission from the allowed values by a fixed seed, without the answers.',
  }),
  signal: row('EXE005', 'error', {
    title: 'The strong baseline beats the constant one by more than chance.',
    why: 'A task on which a good model is no better than a constant asks something that the data cannot answer.',
    measured: 'Paired bootstrap of the gain: the 95 % interval must lie above zero.',
    remedy: 'Choose another target, more features, or another split; or hold out more rows.',
  }),
  order: row('EXE006', 'warning', {
    title: 'The rungs of the ladder are in order: constant below simple, simple not above strong.',
    why: 'A ladder whose rungs cannot be told apart does not rank solvers (crowded).',
    measured: 'Paired gains between rungs and their 95 % intervals.',
    remedy: 'Hold out more rows, choose a finer metric, or replace the baseline that adds nothing.',
  }),
  headroom: row('EXE007', 'warning', {
    title: 'There is room between the strong baseline and the best score.',
    why: 'Where a quick model is nearly perfect, a better solver cannot show it; where a simple one is, the answer can be looked up.',
    measured:
      'The interval of the strong score must not reach the best score, nor the score 98 % of the way to it (warning); a simple or constant baseline that covers 99.9 % of the way to it is an error.',
    remedy: 'Look for a feature that restates the target; or choose a harder target or split.',
  }),
  difficulty: row('EXE008', 'warning', {
    title: 'The difficulty in the manifest is what the baselines score.',
    why: 'Readers choose tasks by their declared difficulty.',
    measured: 'Declared scores against measured ones, with a tolerance of one percent of the way from trivial to best.',
    remedy: 'Run the baselines again and record their scores.',
  }),
} as const satisfies Record<string, Check>;
