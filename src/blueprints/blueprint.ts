// The contract of a blueprint: a parametrised way to build one kind of task.

import type { DatasetProfile } from '../dataset/profile.ts';
import type { TaskSpec } from '../task/spec.ts';
import type { Formulation } from './formulation.ts';

/** Manifest as far as it is known before anything has run. */
export type ManifestDraft = Omit<TaskSpec, 'hashes' | 'difficulty' | 'rows'>;

export interface PackageDraft {
  readonly manifest: ManifestDraft;
  /** Text files by path within the package: prepare.py, metric.py, description.md, baselines/*.py. */
  readonly files: Readonly<Record<string, string>>;
}

export interface Blueprint {
  readonly name: string;
  applies(formulation: Formulation): boolean;
  /** Pure: equal formulations give equal files. */
  build(formulation: Formulation, dataset: DatasetProfile): PackageDraft;
}
