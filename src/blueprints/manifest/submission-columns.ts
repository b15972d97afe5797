// The prediction columns of a submission, as the manifest promises them.
import type { SubmissionColumn } from '../../task/spec.ts';
import type { Formulation } from '../formulation.ts';
import { predictionShape } from '../metric-code/prediction-shape.ts';

/** Columns besides the id, in order. Throws ForgeError METRIC_UNFIT when metric and target do not fit together. */
export function submissionColumns(formulation: Formulation): SubmissionColumn[] {
  const { kind, targets, classes, positive, columns } = predictionShape(formulation);
  const [target = ''] = targets;
  const meaning = (name: string) =>
    formulation.target.columns.find((column) => column.name === name)?.description ?? '';
  const probability = (name: string, of: string | null): SubmissionColumn => ({
    name,
    dtype: 'probability',
    description: `Probability of the class ${of ?? ''}.`,
    of: { column: target, class: of },
    minimum: 0,
    maximum: 1,
  });
  const answer = (name: string) => ({ name, description: meaning(name), of: { column: name, class: null } });
  switch (kind) {
    case 'probability':
      return [probability(target, positive)];
    case 'class-probabilities':
      return columns.map((name, index) => probability(name, classes[index] ?? null));
    case 'label':
      return [{ ...answer(target), dtype: 'label', allowed: [...classes] }];
    case 'ranked-list':
      return [{ ...answer(target), dtype: 'ranked-list', ...(classes.length > 0 ? { allowed: [...classes] } : {}) }];
    case 'number':
      return columns.map((name) => ({ ...answer(name), dtype: 'number' }));
  }
}
