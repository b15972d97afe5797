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
  survival: {
    label: 'Survival',
    summary: 'Predict when an event happens, where for some it is only known not to have yet.',
  },
  'anomaly-detection': {
    label: 'Anomaly detection',
    summary: 'Tell the rare cases that do not follow the pattern of the rest.',
  },
  'sequence-tagging': { label: 'Sequence tagging', summary: 'Give every element of a sequence a class.' },
  segmentation: { label: 'Segmentation', summary: 'Mark the regions of a picture, a sound or a signal.' },
  detection: { label: 'Detection', summary: 'Find where things are, and what they are.' },
  similarity: { label: 'Similarity', summary: 'Tell how alike two things are.' },
  other: { label: 'Other', summary: 'None of these: `objective_definition` says what is asked.' },
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
  'graph',
  'molecule',
  'multimodal',
] as const;
export type Modality = (typeof modalityNames)[number];

export const splitKinds = ['random', 'stratified', 'group', 'time', 'entity', 'official'] as const;
