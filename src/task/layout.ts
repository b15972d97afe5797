// Where things are inside a task package (docs/task-package.md).

export const layout = {
  manifest: 'task.json',
  description: 'description.md',
  prepare: 'prepare.py',
  metric: 'metric.py',
  readme: 'README.md',
  baselines: 'baselines',
  publicData: 'data/public',
  privateData: 'data/private',
  train: 'data/public/train.csv',
  test: 'data/public/test.csv',
  sampleSubmission: 'data/public/sample_submission.csv',
  publicDescription: 'data/public/description.md',
  answers: 'data/private/test_answer.csv',
  leaderboard: 'data/private/leaderboard.csv',
  report: 'verification/report.json',
  sarif: 'verification/report.sarif',
  htmlReport: 'verification/report.html',
  markdownReport: 'verification/report.md',
  counterexamples: 'verification/counterexamples',
  review: 'verification/review.json',
  runs: 'runs',
} as const;

/** The rungs of the baseline ladder, worst first. */
export const baselineNames = ['sample', 'constant', 'simple', 'strong'] as const;
export type BaselineName = (typeof baselineNames)[number];

/** Parts of a package that describe or record it; its hashes do not cover them. */
export const unhashedPrefixes = ['task.json', 'verification/', 'runs/'] as const;
