// Writes metric.py for one task: only the code that its metric and its classes need.

import { ForgeError } from '../../task/errors.ts';
import { type MetricDefinition, metricDefinition } from '../../task/metrics.ts';
import type { Formulation } from '../formulation.ts';
import { pyLiteral, pyString } from '../shared/python-literal.ts';
import { alignment, publicPart } from './alignment.ts';
import { labelCodes } from './label-codes.ts';
import { labelAnswers, labelBodies, labelPredictions } from './label-metrics.ts';
import { numberAnswers, numberBodies, numberPredictions, numbers } from './number-metrics.ts';
import { type PredictionShape, predictionShape } from './prediction-shape.ts';
import { classProbabilityPredictions, probabilityBodies, probabilityPredictions } from './probability-metrics.ts';
import { rankedBodies, rankedHelpers, rankedPredictions } from './ranked-metrics.ts';

/** How far the probabilities of a row may be from 1: room for a hundred classes rounded to four decimals. */
const sumTolerance = 0.01;
/** Beyond this size squared errors would overflow to infinity. */
const numberLimit = '1e100';

/** The pieces of a metric that differ between kinds of predictions, as Python text. */
interface Parts {
  readonly constants: readonly string[];
  readonly evaluate: string;
  readonly helpers: readonly string[];
}

/** Text of metric.py. Throws ForgeError METRIC_UNFIT when the metric cannot score the target. */
export function renderMetric(formulation: Formulation): string {
  const shape = predictionShape(formulation);
  const definition = metricDefinition(formulation.metric.name);
  const { constants, evaluate, helpers } = parts(formulation, shape);
  const head = `"""${definition.label}.

${docText(definition.summary)}
${direction(definition)}
"""

import numpy as np
import pandas as pd

ID = "id"
${constants.join('\n')}
`;
  return [head, publicPart, evaluate, ...helpers, alignment].join('\n\n');
}

function parts(formulation: Formulation, shape: PredictionShape): Parts {
  switch (shape.kind) {
    case 'label':
      return labelParts(formulation, shape);
    case 'number':
      return numberParts(formulation, shape);
    case 'probability':
    case 'class-probabilities':
      return probabilityParts(formulation, shape);
    case 'ranked-list':
      return rankedParts(formulation, shape);
  }
}

function labelParts({ metric }: Formulation, shape: PredictionShape): Parts {
  const body = known(labelBodies[metric.name], metric.name);
  return {
    constants: [target(shape), classes(shape), 'COLUMNS = [ID, TARGET]'],
    evaluate: evaluateOne(body.doc, body.code),
    helpers: [labelPredictions, labelAnswers, labelCodes(shape.classes)],
  };
}

function numberParts({ metric }: Formulation, shape: PredictionShape): Parts {
  const body = known(numberBodies[metric.name], metric.name);
  const many = shape.targets.length > 1;
  const notNegative = body.notNegative === true;
  const limit = `LIMIT = ${numberLimit}  # larger predictions could not be scored with a finite number`;
  const helpers = [numberPredictions(many, notNegative), numberAnswers(many, notNegative), numbers];
  if (!many) {
    return {
      constants: [target(shape), 'COLUMNS = [ID, TARGET]', limit],
      evaluate: evaluateOne(body.doc, body.code),
      helpers,
    };
  }
  return {
    constants: [assign('TARGETS', shape.targets), 'COLUMNS = [ID, *TARGETS]', limit],
    evaluate: `def evaluate(submission: pd.DataFrame, answers: pd.DataFrame) -> float:
    """Plain mean over the targets of the score of each, so targets of a large scale weigh more."""
    predicted = _predictions(submission, answers)
    return float(np.mean([_score(predicted[name], _answers(answers, name)) for name in TARGETS]))


def _score(predicted: np.ndarray, actual: np.ndarray) -> float:
    """${body.doc}"""
${body.code}`,
    helpers,
  };
}

function probabilityParts({ metric }: Formulation, shape: PredictionShape): Parts {
  const body = known(probabilityBodies[metric.name], metric.name);
  const one = shape.kind === 'probability';
  const constants = one
    ? [target(shape), classes(shape), `POSITIVE = ${pyString(shape.positive ?? '')}`, 'COLUMNS = [ID, TARGET]']
    : [
        target(shape),
        classes(shape),
        'COLUMNS = [ID, *(f"prob_{name}" for name in CLASSES)]',
        `TOLERANCE = ${sumTolerance}  # room for rounded probabilities; the rows are rescaled to 1`,
      ];
  return {
    constants,
    evaluate: evaluateOne(body.doc, body.code),
    helpers: [
      one ? probabilityPredictions : classProbabilityPredictions,
      labelAnswers,
      labelCodes(shape.classes),
      numbers,
    ],
  };
}

function rankedParts({ metric }: Formulation, shape: PredictionShape): Parts {
  const body = known(rankedBodies[metric.name], metric.name);
  const closed = shape.classes.length > 0;
  return {
    constants: [target(shape), ...(closed ? [classes(shape)] : []), 'COLUMNS = [ID, TARGET]', 'K = 10'],
    evaluate: evaluateOne(body.doc, body.code),
    helpers: [rankedPredictions(closed), rankedHelpers],
  };
}

function evaluateOne(doc: string, code: string): string {
  return `def evaluate(submission: pd.DataFrame, answers: pd.DataFrame) -> float:
    """${doc}"""
    predicted, actual = _predictions(submission, answers), _answers(answers)
${code}`;
}

function direction({ direction, best, worst }: MetricDefinition): string {
  const range = worst === null ? 'no limit on the other side' : `the worst is ${worst}`;
  return `${direction === 'maximize' ? 'Higher' : 'Lower'} is better: the best score is ${best}, ${range}.`;
}

function target(shape: PredictionShape): string {
  return `TARGET = ${pyString(shape.targets[0] ?? '')}`;
}

function classes(shape: PredictionShape): string {
  return assign('CLASSES', shape.classes);
}

function assign(name: string, value: readonly string[]): string {
  return `${name} = ${pyLiteral(value, name.length + 3)}`;
}

/** Registry texts are ours, but a backslash or quote in them must not end the doc string. */
function docText(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"""/g, "'''");
}

function known<Body>(body: Body | undefined, metric: string): Body {
  if (body === undefined) {
    throw new ForgeError('METRIC_UNFIT', `The metric ${metric} cannot score this target.`, 'Choose another metric.');
  }
  return body;
}
