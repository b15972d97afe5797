// What a run does in a stage, in a few English words: for terminals and for the clients of tools.
import type { Stage } from './events.ts';

export const stageWords: Readonly<Record<Stage, string>> = {
  profile: 'measuring the dataset',
  brainstorm: 'looking for tasks',
  design: 'building the package',
  'assert-draft': 'asserting structure and preparation',
  refactor: 'bringing it to the standard',
  'assert-package': 'asserting the package',
  review: 'looking for leaks and metric faults',
  execute: 'running the baselines',
  judge: 'asking a judge',
  solve: 'letting a solver play',
  publish: 'publishing',
};
