// The metrics whose generated code stands in test/golden/metric-code, where the Python tests run it.
import type { ToyOptions } from './toy-formulation.ts';

const trees = ['ash', 'birch', 'cedar'];
const answer = { classes: ['no', 'yes'], positive: 'yes', objective: 'binary-classification' } as const;
const levels = { classes: ['low', 'middle', 'high', 'top'], objective: 'ordinal-regression' } as const;

/** Options by file name. */
export const metricCases: Readonly<Record<string, ToyOptions>> = {
  accuracy: { metric: 'accuracy', classes: trees },
  balanced_accuracy: { metric: 'balanced-accuracy', classes: trees },
  macro_f1: { metric: 'macro-f1', classes: trees },
  mcc: { metric: 'mcc', classes: trees },
  log_loss: { metric: 'log-loss', classes: trees },
  roc_auc: { metric: 'roc-auc', ...answer },
  average_precision: { metric: 'average-precision', ...answer },
  quadratic_kappa: { metric: 'quadratic-kappa', ...levels },
  mae_of_levels: { metric: 'mae', ...levels },
  rmse: { metric: 'rmse' },
  mae: { metric: 'mae' },
  rmsle: { metric: 'rmsle' },
  mape: { metric: 'mape' },
  smape: { metric: 'smape' },
  r2: { metric: 'r2' },
  spearman: { metric: 'spearman' },
  pinball: { metric: 'pinball' },
  rmse_of_two: { metric: 'rmse', targets: ['width', 'height "net"'], objective: 'multi-output-regression' },
  map_at_k: { metric: 'map-at-k', objective: 'recommendation' },
  ndcg_at_k: { metric: 'ndcg-at-k', objective: 'recommendation', classes: [...'abcdefghijkl'] },
  labels_like_numbers: { metric: 'accuracy', classes: ['01', '2', '3.0'] },
  labels_like_booleans: { metric: 'accuracy', classes: ['true', 'false'] },
  labels_like_missing: { metric: 'accuracy', classes: ['NA', 'EU', '7'] },
};
