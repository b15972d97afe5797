// A package draft from a formulation; the blueprints say which formulations they answer for.
import type { DatasetProfile } from '../dataset/profile.ts';
import { renderBaselines } from './baselines/render.ts';
import type { PackageDraft } from './blueprint.ts';
import { renderDescription } from './description/description.ts';
import type { Formulation } from './formulation.ts';
import { draftManifest } from './manifest.ts';
import { renderMetric } from './metric-code/render.ts';
import { renderPrepare } from './prepare/render.ts';

/** All text files and the manifest of a task. */
export function assemble(formulation: Formulation, dataset: DatasetProfile): PackageDraft {
  const manifest = draftManifest(formulation, dataset);
  return {
    manifest,
    files: {
      'prepare.py': renderPrepare(formulation, dataset),
      'metric.py': renderMetric(formulation),
      'description.md': renderDescription(formulation, manifest.submission.columns),
      ...renderBaselines(formulation),
    },
  };
}
