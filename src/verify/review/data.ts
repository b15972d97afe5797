// REV009 to REV012: does the metric fit, may the data be published, and whom are they about?
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { type CheckContext, type CheckOutcome, concluded, findingOf } from '../check.ts';
import { shown } from '../shown-number.ts';
import { reviewCatalogue as checks } from './catalogue.ts';
import type { ReviewFacts } from './probe.ts';
import { orderedScale, sensitiveTopic } from './vocabulary.ts';

/** A majority guess that scores this leaves good models little to show. */
const MAJORITY = 0.7;
/** One in a hundred rows near zero rules a mean of relative errors. */
const NEAR_ZERO_SHARE = 0.01;
/** Twice the skewness of an exponential distribution is 4, once is 2: from 3 on single rows rule the squares. */
const SKEW = 3;
/** The denominator of R² is a variance over the horizon; with fewer times it is noise. */
const HORIZON = 30;
/** One or two matches of a pattern are chance, or a shop's own number. */
const MIN_DISTINCT = 3;
const UNKNOWN_LICENCE = /^\s*(|unknown|none|n\/?a|not specified|unspecified|other|tbd|\?+|-+)\s*$/i;
const UNORDERED_METRICS: readonly string[] = ['accuracy', 'balanced-accuracy', 'macro-f1', 'mcc'];

export async function checkData(
  context: CheckContext,
  manifest: TaskSpec,
  facts: ReviewFacts,
): Promise<CheckOutcome[]> {
  return [
    concluded(checks.fit, await unfit(context, manifest, facts)),
    concluded(checks.licence, await unlicensed(context, manifest)),
    concluded(checks.personal, await personal(context, facts)),
    concluded(checks.sensitive, await sensitive(context, manifest)),
  ];
}

async function unfit(context: CheckContext, { metric, objective }: TaskSpec, facts: ReviewFacts): Promise<Finding[]> {
  const range = await context.files.manifestEntry('metric', 'name');
  const report = (message: string, evidence: Finding['evidence'], remedy: string) =>
    findingOf(checks.fit, {
      message,
      file: layout.manifest,
      range,
      evidence: { metric: metric.name, ...evidence },
      remedy,
    });
  const found = facts.targets.flatMap(({ name, classes, numbers }) => {
    const counts = Object.entries(classes).sort(([, a], [, b]) => b - a);
    const total = counts.reduce((sum, [, count]) => sum + count, 0);
    const [largest] = counts;
    const labels = counts.map(([label]) => label);
    if (metric.name === 'accuracy' && largest !== undefined && largest[1] >= MAJORITY * total) {
      const share = largest[1] / total;
      const message = `${shown(100 * share)} % of train are "${largest[0]}": naming it always scores accuracy ${shown(share)}.`;
      return [
        report(
          message,
          { column: name, majority: largest[0], share },
          'Use average precision, macro F1 or balanced accuracy.',
        ),
      ];
    }
    const scale = UNORDERED_METRICS.includes(metric.name) && labels.length > 2 ? orderedScale(labels) : null;
    if (scale !== null) {
      const message = `The classes of "${name}" are ordered (${scale.join(' < ')}); ${metric.name} counts a near miss as a far one.`;
      return [
        report(
          message,
          { column: name, scale: [...scale] },
          'Make the objective ordinal-regression with quadratic kappa or MAE.',
        ),
      ];
    }
    if (numbers === null) return [];
    const { nearZero, skew, minimum } = numbers;
    if (metric.name === 'mape' && nearZero > NEAR_ZERO_SHARE) {
      const message = `${shown(100 * nearZero)} % of the targets "${name}" are zero or nearly so: their percentage errors rule the score.`;
      return [report(message, { column: name, nearZero }, 'Use MAE, or sMAPE.')];
    }
    if (metric.name === 'rmse' && minimum >= 0 && skew >= SKEW) {
      const message = `The target "${name}" is positive with skewness ${shown(skew)}: the largest few rule a squared error.`;
      return [report(message, { column: name, skew, minimum }, 'Use RMSLE or MAE.')];
    }
    return [];
  });
  const { horizon } = facts;
  if (metric.name === 'r2' && horizon !== null && horizon < HORIZON) {
    const message = `R² over ${horizon} times divides by a variance that so short a horizon hardly has.`;
    found.push(report(message, { horizon, objective }, 'Use MAE, or a scaled error against the naive forecast.'));
  }
  return found;
}

async function unlicensed(context: CheckContext, { dataset: { licence } }: TaskSpec): Promise<Finding[]> {
  if (!UNKNOWN_LICENCE.test(licence)) return [];
  const message = licence.trim() === '' ? 'No licence is given.' : `The licence of the data is "${licence}".`;
  const range = await context.files.manifestEntry('dataset', 'licence');
  return [findingOf(checks.licence, { message, file: layout.manifest, range, evidence: { licence } })];
}

async function personal(context: CheckContext, facts: ReviewFacts): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { column, part, kind, count, distinct, example, line } of facts.personal) {
    if (distinct < MIN_DISTINCT) continue;
    const file = part === 'train' ? layout.train : layout.test;
    const message = `${count} cells of "${column}" in ${part}.csv hold ${kind} (${distinct} different, such as ${example}).`;
    const range = await context.files.line(file, line);
    found.push(
      findingOf(checks.personal, { message, file, range, evidence: { column, kind, count, distinct, example } }),
    );
  }
  return found;
}

async function sensitive(context: CheckContext, { target, title }: TaskSpec): Promise<Finding[]> {
  const told = sensitiveTopic([...target.columns, title]);
  if (told === null) return [];
  const message = `The target is about ${told.topic} ("${told.word}"): make sure that predicting it is legitimate.`;
  const range = await context.files.manifestEntry('target', 'columns');
  return [findingOf(checks.sensitive, { message, file: layout.manifest, range, evidence: { ...told } })];
}
