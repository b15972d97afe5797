// How held-out probabilities are judged and turned into labels: the same metric that scores the submission.
import type { BaselineView } from './view.ts';

/** The Python text that mixes the predictions of two models. */
interface Mixing {
  readonly constants: readonly string[];
  /** `mix(pair, weight)`, and for classes what `choose` calls. */
  readonly functions: readonly string[];
  /** Lines that choose the weight of the second model on `held_out`, given `labels` and `classes`. */
  readonly choose: string;
  /** Expression of the labels for the array `probabilities`. */
  readonly labels: string;
}

/** How two classifiers are mixed: judged on held-out rows by the metric of the task. */
export function mixClassifiers(view: BaselineView): Mixing {
  return {
    constants: correctsPrior(view) ? [mixWeights, 'POWERS = [0.0, 0.25, 0.5, 0.75, -0.25]'] : [mixWeights],
    functions: [mixFunction, ...scoreFunctions(view)],
    choose: chooseMix(view),
    labels: labelsOf(view),
  };
}

/** Whether the metric weighs every class alike, however rare. */
export function weighsClassesAlike({ metric }: BaselineView): boolean {
  return metric === 'macro-f1' || metric === 'balanced-accuracy';
}

/** Metrics on labels whose best decision is not simply the most likely class. */
function correctsPrior(view: BaselineView): boolean {
  return weighsClassesAlike(view) || view.metric === 'mcc';
}

/** `score(actual, probabilities, classes[, power])`: larger is better; and `decide(...)` where labels are asked. */
function scoreFunctions(view: BaselineView): string[] {
  switch (view.metric) {
    case 'roc-auc':
      return [oneProbability('roc_auc_score')];
    case 'average-precision':
      return [oneProbability('average_precision_score')];
    case 'log-loss':
      return [
        `def score(actual: pd.Series, probabilities: np.ndarray, classes: np.ndarray) -> float:
    """The metric of the task, with the sign turned so that larger is better."""
    return -log_loss(actual, probabilities, labels=classes)
`,
      ];
    default:
      return correctsPrior(view) ? [corrected, labelScore(view, true)] : [labelScore(view, false)];
  }
}

function oneProbability(metric: string): string {
  return `def score(actual: pd.Series, probabilities: np.ndarray, classes: np.ndarray) -> float:
    """The metric of the task."""
    return ${metric}(actual == POSITIVE, probabilities[:, list(classes).index(POSITIVE)])
`;
}

const corrected = `def decide(probabilities: np.ndarray, prior: np.ndarray, classes: np.ndarray, power: float) -> np.ndarray:
    """Most likely class after dividing by prior ** power: the larger the power, the more rare classes are named."""
    return classes[(probabilities / prior**power).argmax(axis=1)]
`;

function labelScore({ metric }: BaselineView, power: boolean): string {
  const call = {
    'macro-f1': 'f1_score(actual, predicted, average="macro")',
    'balanced-accuracy': 'balanced_accuracy_score(actual, predicted)',
    mcc: 'matthews_corrcoef(actual, predicted)',
  }[metric as string];
  return power
    ? `def score(actual: pd.Series, predicted: np.ndarray) -> float:
    """The metric of the task."""
    return ${call}
`
    : `def score(actual: pd.Series, probabilities: np.ndarray, classes: np.ndarray) -> float:
    """The metric of the task."""
    return accuracy_score(actual, classes[probabilities.argmax(axis=1)])
`;
}

/** Lines that choose the weight of the second model (and the power) on `held_out`, given `labels` and `classes`. */
function chooseMix(view: BaselineView): string {
  if (!correctsPrior(view)) {
    return `    weight = max(WEIGHTS, key=lambda w: score(labels, mix(held_out, w), classes))
`;
  }
  return `    prior = labels.value_counts(normalize=True)[classes].to_numpy()
    weight, power = max(
        ((weight, power) for weight in WEIGHTS for power in POWERS),
        key=lambda choice: score(labels, decide(mix(held_out, choice[0]), prior, classes, choice[1])),
    )
`;
}

/** Expression of the labels for array `probabilities`. */
function labelsOf(view: BaselineView): string {
  return correctsPrior(view) ? 'decide(probabilities, prior, classes, power)' : 'classes[probabilities.argmax(axis=1)]';
}

/** The shares of the second model that are tried. */
export const mixWeights =
  'WEIGHTS = [0.5, 0.75, 0.25, 1.0, 0.0]  # share of the second model; the first of equals is taken';

export const mixFunction = `def mix(pair: list[np.ndarray], weight: float) -> np.ndarray:
    """Average of two predictions, \`weight\` on the second."""
    return (1 - weight) * pair[0] + weight * pair[1]
`;
