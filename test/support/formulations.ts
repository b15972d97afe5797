// A small formulation and profile for tests that need some.
import type { Formulation } from '../../src/blueprints/formulation.ts';
import type { DatasetProfile } from '../../src/dataset/profile.ts';
import { sha256 } from '../../src/task/hashing.ts';

export const emptyProfile: DatasetProfile = {
  name: 'data',
  sha256: sha256('data'),
  files: 1,
  bytes: 12,
  tables: [],
  relations: [],
  media: [],
  documents: [],
  problems: [],
};

/** Three classes from two features on one table, split at random with classes in proportion. */
export function sampleFormulation(id: string): Formulation {
  const feature = (name: string): Formulation['features']['kept'][number] => ({
    name,
    kind: 'number',
    description: '',
    historyOnly: false,
  });
  return {
    id,
    title: 'A task',
    summary: 'Predict y.',
    rationale: 'It is small.',
    modality: 'tabular',
    objective: 'multiclass-classification',
    metric: { name: 'accuracy', reason: 'Balanced classes.' },
    source: {
      kind: 'table',
      table: {
        format: 'delimited',
        path: 'table.csv',
        compression: 'none',
        member: null,
        encoding: 'utf-8',
        delimiter: ',',
        quote: '"',
        skipLines: 0,
        header: true,
        columns: ['a', 'b', 'y'],
      },
      lookups: [],
      aggregates: [],
      missingCodes: {},
      parts: [],
    },
    target: {
      columns: [{ name: 'y', from: 'y', description: 'The class.' }],
      derivation: 'The column y.',
      transform: { kind: 'none' },
      classes: ['no', 'perhaps', 'yes'],
      positive: null,
    },
    features: { kept: [feature('a'), feature('b')], excluded: [] },
    rows: { raw: 13, droppedClasses: [], dropDuplicates: false },
    split: {
      kind: 'stratified',
      together: { key: 'none' },
      time: null,
      series: [],
      testFraction: 0.25,
      seed: 0,
      reason: 'Rows are independent.',
    },
    evidence: {},
  };
}
