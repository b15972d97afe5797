// A small draft of a package, and an error about it.
import type { ManifestDraft } from '../../src/blueprints/blueprint.ts';
import type { Formulation } from '../../src/blueprints/formulation.ts';
import { type Finding, fileStart } from '../../src/task/findings.ts';
import { sha256 } from '../../src/task/hashing.ts';

/** An error as a check would report it. */
export function anError(code: string, message: string, evidence: Finding['evidence'] = {}): Finding {
  return { code, severity: 'error', message, file: 'prepare.py', range: fileStart, evidence, remedy: 'Change it.' };
}

/** The files of a draft; `version` makes those of a repaired one differ. */
export function authoredFiles(version: number): Record<string, string> {
  const baseline = (name: string): string => `"""${name}"""\n`;
  return {
    'description.md': '# A task\r\n',
    'prepare.py': `VERSION = ${version}\n`,
    'metric.py': 'BEST = 1\n',
    'baselines/sample.py': baseline('sample'),
    'baselines/constant.py': baseline('constant'),
    'baselines/strong.py': baseline('strong'),
  };
}

export function manifestOf(formulation: Formulation): ManifestDraft {
  const { id, title, summary, modality, objective, split } = formulation;
  return {
    schema_version: 1,
    id,
    title,
    summary,
    dataset: { name: 'data', sha256: sha256('data'), licence: 'unknown', source: 'unknown', files: ['table.csv'] },
    modality,
    objective,
    target: { columns: ['y'], derivation: 'The column y.' },
    features: { kept: ['a', 'b'], excluded: [] },
    split: { kind: split.kind, by: [], test_fraction: split.testFraction, seed: split.seed, reason: split.reason },
    metric: { name: 'accuracy', direction: 'maximize', best: 1, worst: 0, reason: 'Balanced classes.' },
    submission: {
      format: 'csv',
      id_column: 'id',
      columns: [{ name: 'y', dtype: 'label', description: 'The class.', of: { column: 'y', class: null } }],
    },
    seed: 0,
    requires: ['pandas'],
    provenance: { tool: 'mle-forge', engine: 'scripted', formulation: sha256(id), prompts: null },
    suppressions: [],
  };
}
