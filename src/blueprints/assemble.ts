// What all blueprints share: from a formulation and the notes of its kind to the text files and the manifest.
import type { DatasetProfile } from '../dataset/profile.ts';
import { renderBaselines } from './baselines/render.ts';
import type { PackageDraft } from './blueprint.ts';
import { type PageNotes, renderDescription } from './description/description.ts';
import type { Formulation } from './formulation.ts';
import { draftManifest } from './manifest/draft.ts';
import { requiredPackages } from './manifest/required-packages.ts';
import { renderMetric } from './metric-code/render.ts';
import { renderPrepare } from './prepare/render.ts';

/** All text files and the manifest of a task. Throws ForgeError METRIC_UNFIT like renderMetric. */
export function assemble(formulation: Formulation, dataset: DatasetProfile, notes: PageNotes): PackageDraft {
  const scripts = {
    'prepare.py': renderPrepare(formulation, dataset),
    'metric.py': renderMetric(formulation),
    ...renderBaselines(formulation),
  };
  const manifest = draftManifest(formulation, dataset, requiredPackages(Object.values(scripts)));
  const description = renderDescription(formulation, dataset, manifest.submission.columns, notes);
  return { manifest, files: { ...scripts, 'description.md': description } };
}
