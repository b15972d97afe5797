// The metric registry: definition, range and fit of every metric that a task may name. The Python text of a metric is
// written by the blueprints; this table is what hovers, checks and descriptions agree on.
import type { Objective } from './objectives.ts';

/** What a submission holds: a class, one probability, one probability per class, a number, or a ranked list. */
export type PredictionKind = 'label' | 'probability' | 'class-probabilities' | 'number' | 'ranked-list';

export interface MetricDefinition {
  readonly label: string;
  readonly direction: 'maximize' | 'minimize';
  /** Score of a perfect submission. */
  readonly best: number;
  /** Lowest possible (or, when minimised, highest possible) score; null when unbounded. */
  readonly worst: number | null;
  readonly prediction: PredictionKind;
  readonly objectives: readonly Objective[];
  /** LaTeX without delimiters. */
  readonly formula: string;
  readonly summary: string;
  readonly source: string;
}

const classification = ['binary-classification', 'multiclass-classification'] as const;
const numeric = ['regression', 'multi-output-regression', 'forecasting'] as const;
const sklearn = (name: string) => `https://scikit-learn.org/stable/modules/generated/sklearn.metrics.${name}.html`;

export const metrics = {
  accuracy: {
    label: 'Accuracy',
    direction: 'maximize',
    best: 1,
    worst: 0,
    prediction: 'label',
    objectives: [...classification, 'sequence-tagging'],
    formula: '\\frac{1}{n}\\sum_{i=1}^{n} [\\hat y_i = y_i]',
    summary: 'Share of rows whose class is right.',
    source: sklearn('accuracy_score'),
  },
  'balanced-accuracy': {
    label: 'Balanced accuracy',
    direction: 'maximize',
    best: 1,
    worst: 0,
    prediction: 'label',
    objectives: [...classification, 'sequence-tagging'],
    formula: '\\frac{1}{K}\\sum_{k=1}^{K} \\frac{TP_k}{TP_k + FN_k}',
    summary: 'Mean of the recalls of the classes, so that every class weighs the same.',
    source: sklearn('balanced_accuracy_score'),
  },
  'macro-f1': {
    label: 'Macro F1',
    direction: 'maximize',
    best: 1,
    worst: 0,
    prediction: 'label',
    objectives: [...classification, 'sequence-tagging'],
    formula: '\\frac{1}{K}\\sum_{k=1}^{K} \\frac{2\\,TP_k}{2\\,TP_k + FP_k + FN_k}',
    summary: 'Mean over the classes of the harmonic mean of precision and recall.',
    source: sklearn('f1_score'),
  },
  mcc: {
    label: 'Matthews correlation coefficient',
    direction: 'maximize',
    best: 1,
    worst: -1,
    prediction: 'label',
    objectives: [...classification, 'anomaly-detection', 'sequence-tagging'],
    formula: '\\frac{c\\,s - \\sum_k p_k t_k}{\\sqrt{(s^2 - \\sum_k p_k^2)(s^2 - \\sum_k t_k^2)}}',
    summary: 'Correlation between predicted and true classes; 0 is chance, whatever the class balance.',
    source: sklearn('matthews_corrcoef'),
  },
  'roc-auc': {
    label: 'ROC AUC',
    direction: 'maximize',
    best: 1,
    worst: 0,
    prediction: 'probability',
    objectives: ['binary-classification', 'anomaly-detection'],
    formula: '\\frac{1}{n_1 n_0}\\sum_{i: y_i=1}\\sum_{j: y_j=0} \\left([p_i > p_j] + \\tfrac12 [p_i = p_j]\\right)',
    summary: 'Chance that a positive row is ranked above a negative one; ties count half.',
    source: sklearn('roc_auc_score'),
  },
  'average-precision': {
    label: 'Average precision',
    direction: 'maximize',
    best: 1,
    worst: 0,
    prediction: 'probability',
    objectives: ['binary-classification', 'anomaly-detection'],
    formula: '\\sum_{n} (R_n - R_{n-1})\\,P_n',
    summary: 'Area under the precision-recall curve, for rare positives.',
    source: sklearn('average_precision_score'),
  },
  'log-loss': {
    label: 'Logarithmic loss',
    direction: 'minimize',
    best: 0,
    worst: null,
    prediction: 'class-probabilities',
    objectives: classification,
    formula: '-\\frac{1}{n}\\sum_{i=1}^{n} \\log p_{i,y_i}',
    summary: 'Mean negative log of the probability given to the true class, clipped at 1e-15.',
    source: sklearn('log_loss'),
  },
  'quadratic-kappa': {
    label: 'Quadratic weighted kappa',
    direction: 'maximize',
    best: 1,
    worst: -1,
    prediction: 'label',
    objectives: ['ordinal-regression'],
    formula:
      '1 - \\frac{\\sum_{i,j} w_{ij} O_{ij}}{\\sum_{i,j} w_{ij} E_{ij}},\\quad w_{ij} = \\frac{(i-j)^2}{(K-1)^2}',
    summary: 'Agreement of ordered levels beyond chance; a miss weighs by its squared distance.',
    source: sklearn('cohen_kappa_score'),
  },
  rmse: {
    label: 'Root mean squared error',
    direction: 'minimize',
    best: 0,
    worst: null,
    prediction: 'number',
    objectives: [...numeric, 'similarity'],
    formula: '\\sqrt{\\frac{1}{n}\\sum_{i=1}^{n} (\\hat y_i - y_i)^2}',
    summary: 'Typical size of an error in the unit of the target; large errors weigh more.',
    source: sklearn('root_mean_squared_error'),
  },
  mae: {
    label: 'Mean absolute error',
    direction: 'minimize',
    best: 0,
    worst: null,
    prediction: 'number',
    objectives: [...numeric, 'ordinal-regression', 'similarity'],
    formula: '\\frac{1}{n}\\sum_{i=1}^{n} |\\hat y_i - y_i|',
    summary: 'Mean size of an error in the unit of the target.',
    source: sklearn('mean_absolute_error'),
  },
  rmsle: {
    label: 'Root mean squared logarithmic error',
    direction: 'minimize',
    best: 0,
    worst: null,
    prediction: 'number',
    objectives: numeric,
    formula: '\\sqrt{\\frac{1}{n}\\sum_{i=1}^{n} (\\log(1+\\hat y_i) - \\log(1+y_i))^2}',
    summary: 'Relative error for positive, skewed targets.',
    source: sklearn('root_mean_squared_log_error'),
  },
  mape: {
    label: 'Mean absolute percentage error',
    direction: 'minimize',
    best: 0,
    worst: null,
    prediction: 'number',
    objectives: numeric,
    formula: '\\frac{1}{n}\\sum_{i=1}^{n} \\frac{|\\hat y_i - y_i|}{|y_i|}',
    summary: 'Mean relative error; only for targets that stay away from zero.',
    source: sklearn('mean_absolute_percentage_error'),
  },
  smape: {
    label: 'Symmetric mean absolute percentage error',
    direction: 'minimize',
    best: 0,
    worst: 2,
    prediction: 'number',
    objectives: numeric,
    formula: '\\frac{1}{n}\\sum_{i=1}^{n} \\frac{2\\,|\\hat y_i - y_i|}{|\\hat y_i| + |y_i|}',
    summary: 'Relative error between 0 and 2, with 0/0 counted as 0.',
    source: 'https://doi.org/10.1016/S0169-2070(00)00057-1',
  },
  r2: {
    label: 'Coefficient of determination',
    direction: 'maximize',
    best: 1,
    worst: null,
    prediction: 'number',
    objectives: numeric,
    formula: '1 - \\frac{\\sum_i (\\hat y_i - y_i)^2}{\\sum_i (y_i - \\bar y)^2}',
    summary: 'Share of variance explained; 0 is the mean of the answers.',
    source: sklearn('r2_score'),
  },
  spearman: {
    label: 'Spearman rank correlation',
    direction: 'maximize',
    best: 1,
    worst: -1,
    prediction: 'number',
    objectives: ['regression', 'ranking', 'similarity'],
    formula: '\\operatorname{corr}(\\operatorname{rank}(\\hat y), \\operatorname{rank}(y))',
    summary: 'Correlation of ranks: only the order of the predictions counts. A constant scores 0.',
    source: 'https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.spearmanr.html',
  },
  pinball: {
    label: 'Pinball loss (0.9 quantile)',
    direction: 'minimize',
    best: 0,
    worst: null,
    prediction: 'number',
    objectives: ['regression', 'forecasting'],
    formula: '\\frac{1}{n}\\sum_{i} \\max(0.9\\,(y_i - \\hat y_i),\\; 0.1\\,(\\hat y_i - y_i))',
    summary: 'Loss of a 0.9 quantile: to predict too low costs nine times as much as too high.',
    source: sklearn('mean_pinball_loss'),
  },
  'map-at-k': {
    label: 'Mean average precision at 10',
    direction: 'maximize',
    best: 1,
    worst: 0,
    prediction: 'ranked-list',
    objectives: ['recommendation', 'multilabel-classification'],
    formula: '\\frac{1}{U}\\sum_{u} \\frac{1}{\\min(m_u, 10)}\\sum_{k=1}^{10} P_u(k)\\,rel_u(k)',
    summary: 'Rewards relevant items early in a list of at most ten.',
    source: 'https://en.wikipedia.org/wiki/Evaluation_measures_(information_retrieval)#Mean_average_precision',
  },
  'ndcg-at-k': {
    label: 'NDCG at 10',
    direction: 'maximize',
    best: 1,
    worst: 0,
    prediction: 'ranked-list',
    objectives: ['ranking', 'recommendation'],
    formula:
      '\\frac{1}{U}\\sum_u \\frac{\\sum_{k=1}^{10} rel_u(k)/\\log_2(k+1)}{\\sum_{k=1}^{\\min(m_u,10)} 1/\\log_2(k+1)}',
    summary: 'Discounted gain of the first ten items, divided by the best possible.',
    source: sklearn('ndcg_score'),
  },
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof metrics;
export const metricNames = Object.keys(metrics) as [MetricName, ...MetricName[]];

/** What a task may name: a metric of the registry, or one that it defines itself. */
export const metricChoices = [...metricNames, 'custom'] as const;

/** The definition behind a name. */
export function metricDefinition(name: MetricName): MetricDefinition {
  return metrics[name];
}

/** Whether score `a` is better than score `b` under a metric's direction. */
export function isBetter(direction: 'maximize' | 'minimize', a: number, b: number): boolean {
  return direction === 'maximize' ? a > b : a < b;
}
