// The rubric of a judge: what a language model that reads a task is asked, one check per line.
import type { Check } from '../check.ts';

export const rubricLines = ['clarity', 'metric', 'shortcut', 'leak', 'missing', 'realism', 'harm'] as const;
export type RubricLine = (typeof rubricLines)[number];

const measured =
  'A language model reads the description, the manifest, metric.py, prepare.py and the first rows of the public tables (`verify --review MODEL`). A claim must quote the text that it is about; one whose quote is not there is dropped. With several judges, at least half of them must quote overlapping text.';

/** No judge can reject a task: what a model says weighs at most as much as a warning. */
const row = (
  code: string,
  severity: 'warning' | 'information',
  details: Omit<Check, 'code' | 'family' | 'severity' | 'measured'>,
): Check => ({ code, family: 'REV', severity, measured, ...details });

export const judgeCatalogue = {
  clarity: row('REV101', 'warning', {
    title: 'A judge finds the description clear for a stranger.',
    why: 'Rules see that a sentence is there; only a reader sees that it can be read in two ways.',
    remedy: 'Rewrite the place so that it can be read in one way.',
  }),
  metric: row('REV102', 'warning', {
    title: 'A judge finds that the metric fits what is asked.',
    why: 'A score that rewards something else than the question sends all work the wrong way.',
    remedy: 'Choose a metric that rewards what the question is about, or ask another question.',
  }),
  shortcut: row('REV103', 'warning', {
    title: 'A judge finds no shortcut around what the task means to ask.',
    why: 'A task that is solved without what it is about measures nothing.',
    remedy: 'Take the shortcut away: the column, the order, the file name or the rule that gives it.',
  }),
  leak: row('REV104', 'warning', {
    title: 'A judge finds nothing given that would not be known when the prediction is made.',
    why: 'Columns that are filled after the outcome, or computed from it, look like any other to a rule.',
    remedy: 'Leave the column out, or say why its value is known in time.',
  }),
  missing: row('REV105', 'warning', {
    title: 'A judge finds everything that a solver needs to know.',
    why: 'Units, meanings and rules that the author knows by heart are what strangers ask for.',
    remedy: 'Add what is missing at that place.',
  }),
  realism: row('REV106', 'information', {
    title: 'A judge finds the question one that somebody would ask.',
    why: 'A prediction that nobody needs, or that nobody could use in time, is an exercise and no task.',
    remedy: 'Say who needs the answer and when, or ask something else.',
  }),
  harm: row('REV107', 'warning', {
    title: 'A judge finds no trouble with the licence and no harm to people.',
    why: 'Terms of use and effects on people are told in words that no list holds.',
    remedy: 'Check the terms, leave out what harms, or say in a suppression why it may be published.',
  }),
} as const satisfies Record<RubricLine, Check>;

export const judgeChecks: readonly Check[] = rubricLines.map((line) => judgeCatalogue[line]);
