// PRE010 to PRE012 and PRE017 to PRE020: classes, sizes and values of the built tables.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { registeredMetric } from '../../task/task-metric.ts';
import { type Check, type CheckContext, type CheckOutcome, concluded, findingOf, skipped } from '../check.ts';
import { preparationCatalogue as checks } from './catalogue.ts';
import { rareClasses, unseenClasses } from './classes.ts';
import { type Preparation, probeSpelling, type Spelling } from './probe.ts';

// Half-widths of a 95 % interval for an accuracy of 0.8: 11 points at 50 rows, 5.5 at 200.
const MIN_TEST_ROWS = 50;
const FEW_TEST_ROWS = 200;
/** Metrics in which a rare class weighs as much as a frequent one. */
const MACRO_METRICS: readonly string[] = ['balanced-accuracy', 'macro-f1', 'roc-auc', 'average-precision'];
/** Objectives without the word whose answers are classes, too. */
const CLASS_OBJECTIVES: readonly string[] = ['anomaly-detection', 'sequence-tagging'];
/** A few such words occur in honest text (a surname, a country code): a tenth of a column does not, nor one among numbers. */
const WORD_SHARE = 0.1;

/** The checks in this file, in order. */
export const valueChecks: readonly Check[] = [
  checks.classes,
  checks.size,
  checks.support,
  checks.flat,
  checks.media,
  checks.text,
];

/** Judges classes, sizes and cells. */
export async function checkValues(
  context: CheckContext,
  manifest: TaskSpec,
  data: Preparation,
): Promise<CheckOutcome[]> {
  return [
    concluded(checks.classes, await unseenClasses(context, data)),
    concluded(checks.size, testSize(data)),
    macro(manifest)
      ? concluded(checks.support, await rareClasses(context, data))
      : skipped(checks.support, unweighted(manifest)),
    concluded(checks.flat, await flat(context, data)),
    concluded(checks.media, media(data)),
    concluded(checks.text, await text(context, data)),
  ];
}

/** Searches values in the raw dataset. */
export async function checkSpelling(context: CheckContext): Promise<CheckOutcome[]> {
  if (context.dataset === undefined) return [skipped(checks.spelling, 'no raw dataset was given')];
  const spelling = await probeSpelling(context, context.dataset);
  if (!spelling.read) return [skipped(checks.spelling, 'the raw files are no text, or too large to search')];
  return [concluded(checks.spelling, await respelled(context, spelling))];
}

function macro({ metric, objective }: TaskSpec): boolean {
  const classes = objective.endsWith('classification') || CLASS_OBJECTIVES.includes(objective);
  return classes && MACRO_METRICS.includes(metric.name);
}

function unweighted({ metric }: TaskSpec): string {
  if (registeredMetric(metric) === null) return 'whether a metric of the task itself weighs classes is not known';
  return `${metric.name} weighs rows equally, not classes`;
}

function testSize({ rows: { test } }: Preparation): Finding[] {
  if (test >= FEW_TEST_ROWS) return [];
  const few = test >= MIN_TEST_ROWS;
  // Half-width of the normal interval of a share: 1.96 sqrt(p (1 - p) / n) at p = 0.8.
  const halfWidth = 1.96 * Math.sqrt((0.8 * 0.2) / Math.max(1, test));
  const message = `The test part has ${test} rows: an accuracy of 0.8 would be known to within ${(100 * halfWidth).toFixed(1)} points only.`;
  const evidence = { rows: test, halfWidth, error: MIN_TEST_ROWS, warning: FEW_TEST_ROWS };
  return [findingOf(checks.size, { message, file: layout.test, evidence, severity: few ? 'warning' : 'error' })];
}

async function flat(context: CheckContext, data: Preparation): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { column, empty, value } of data.flat) {
    const what = empty ? 'is empty' : `holds one value, "${value}",`;
    found.push(
      findingOf(checks.flat, {
        message: `The feature "${column}" ${what} in every row.`,
        file: layout.train,
        range: await context.files.find(layout.train, column),
        evidence: { column, value },
      }),
    );
  }
  return found;
}

function media({ media: { absent, unnamed } }: Preparation): Finding[] {
  const found: Finding[] = [];
  if (absent.count > 0) {
    const message = `${absent.count} files that the tables name are missing, for instance ${absent.examples[0]}.`;
    found.push(findingOf(checks.media, { message, file: layout.train, evidence: { ...absent } }));
  }
  if (unnamed.count > 0) {
    const message = `${unnamed.count} public media files are named by no table, for instance ${unnamed.examples[0]}.`;
    const file = `${layout.publicData}/${unnamed.examples[0]}`;
    found.push(findingOf(checks.media, { message, file, evidence: { ...unnamed } }));
  }
  return found;
}

async function text(context: CheckContext, { damaged }: Preparation): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { part, column, kind, count, share, numeric, example, line } of damaged) {
    if (kind === 'word' && share < WORD_SHARE && !numeric) continue;
    const file = part === 'train' ? layout.train : layout.test;
    const what = kind === 'word' ? 'the word of a missing value' : 'wrongly decoded text';
    const message = `${count} cells of "${column}" in ${part}.csv hold ${what}, for instance ${JSON.stringify(example)}.`;
    const range = await context.files.line(file, line);
    found.push(findingOf(checks.text, { message, file, range, evidence: { column, count, share, example } }));
  }
  return found;
}

async function respelled(context: CheckContext, { columns }: Spelling): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { column, kind, count, distinct, examples } of columns) {
    const what = {
      'leading zeros': 'have lost the leading zeros that the raw files have',
      'whole numbers': 'are whole numbers in the raw files and decimals here',
      'long numbers': 'are rounded: the raw files have more digits',
    }[kind];
    found.push(
      findingOf(checks.spelling, {
        message: `${count} of ${distinct} values of "${column}" ${what}, for instance ${examples.join(', ')}.`,
        file: layout.train,
        range: await context.files.find(layout.train, column),
        evidence: { column, kind, count, distinct, examples },
        severity: kind === 'whole numbers' ? 'warning' : 'error',
      }),
    );
  }
  return found;
}
