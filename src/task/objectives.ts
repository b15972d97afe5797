// What a task asks for. An objective fixes the shape of an answer; the metric registry says how it can be scored.

export interface ObjectiveDefinition {
  readonly label: string;
  /** One sentence for hovers and documentation. */
  readonly summary: string;
}

export const objectives = {
  'binary-classification': { label: 'Binary classification', summary: 'Choose between two classes.' },
  'multiclass-classification': {
    label: 'Multiclass classification',
    summary: 'Choose one of three or more unordered classes.',
  },
  'multilabel-classification': { label: 'Multilabel classification', summary: 'Choose any number of classes.' },
  'ordinal-regression': { label: 'Ordinal regression', summary: 'Choose one of several ordered levels.' },
  regression: { label: 'Regression', summary: 'Predict one number.' },
  'multi-output-regression': { label: 'Multi-output regression', summary: 'Predict several numbers at once.' },
  forecasting: { label: 'Forecasting', summary: 'Predict the future values of one or more series.' },
  ranking: { label: 'Ranking', summary: 'Put items in the best order.' },
  recommendation: { label: 'Recommendation', summary: 'List the items that a user will choose.' },
} as const satisfies Record<string, ObjectiveDefinition>;

export type Objective = keyof typeof objectives;
export const objectiveNames = Object.keys(objectives) as [Objective, ...Objective[]];

export const modalityNames = [
  'tabular',
  'text',
  'image',
  'audio',
  'time-series',
  'geospatial',
  'relational',
  'multimodal',
] as const;
export type Modality = (typeof modalityNames)[number];

export const splitKinds = ['random', 'stratified', 'group', 'time', 'entity', 'official'] as const;
