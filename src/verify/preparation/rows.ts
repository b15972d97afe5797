// PRE006 to PRE009, PRE013 to PRE016: rows, ids and columns of the built tables.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { type Check, type CheckContext, type CheckOutcome, concluded, findingOf } from '../check.ts';
import { preparationCatalogue as checks } from './catalogue.ts';
import type { Examples, Preparation } from './probe.ts';

const FILES = {
  train: layout.train,
  test: layout.test,
  sample: layout.sampleSubmission,
  answers: layout.answers,
} as const;
const PARTS = ['train', 'test', 'sample', 'answers'] as const;

// Five standard errors: one false alarm in a million columns. Below 0.1 an order cannot be exploited.
const ORDER_STANDARD_ERRORS = 5;
const MIN_RHO = 0.1;
/** How far the test share may be from the declared one: groups and time blocks do not divide evenly. */
const FRACTION_SLACK = 0.05;
const FRACTION_RELATIVE_SLACK = 0.25;

/** The checks in this file, in order. */
export const rowChecks: readonly Check[] = [
  checks.rows,
  checks.ids,
  checks.opaque,
  checks.sameIds,
  checks.fraction,
  checks.hiddenTarget,
  checks.sameColumns,
  checks.targets,
];

/** Judges counts, ids and headers. */
export async function checkRows(context: CheckContext, manifest: TaskSpec, data: Preparation): Promise<CheckOutcome[]> {
  return [
    concluded(checks.rows, await conservation(context, manifest, data)),
    concluded(checks.ids, badIds(data)),
    concluded(checks.opaque, tellingIds(data)),
    concluded(checks.sameIds, differingIds(data)),
    concluded(checks.fraction, await share(context, manifest, data)),
    concluded(checks.hiddenTarget, await targetColumns(context, manifest, data)),
    concluded(checks.sameColumns, await columns(context, manifest, data)),
    concluded(checks.targets, await missingTargets(context, data)),
  ];
}

async function conservation(context: CheckContext, { rows }: TaskSpec, data: Preparation): Promise<Finding[]> {
  const found: Finding[] = [];
  const report = async (entry: string, message: string, evidence: Finding['evidence']) => {
    const range = await context.files.manifestEntry('rows', entry);
    found.push(findingOf(checks.rows, { message, file: layout.manifest, range, evidence }));
  };
  for (const part of ['train', 'test'] as const) {
    if (rows[part] === data.rows[part]) continue;
    const evidence = { declared: rows[part], found: data.rows[part] };
    await report(part, `${FILES[part]} has ${data.rows[part]} rows; the manifest declares ${rows[part]}.`, evidence);
  }
  const dropped = rows.dropped.reduce((sum, { count }) => sum + count, 0);
  const kept = rows.train + rows.test;
  if (rows.raw !== kept + dropped) {
    const difference = rows.raw - kept - dropped;
    const message = `${Math.abs(difference)} rows are ${difference > 0 ? 'lost' : 'too many'}: raw ${rows.raw}, train ${rows.train}, test ${rows.test}, declared drops ${dropped}.`;
    await report('raw', message, { raw: rows.raw, train: rows.train, test: rows.test, dropped });
  }
  return found;
}

function badIds({ ids }: Preparation): Finding[] {
  const found: Finding[] = [];
  const report = (file: string, message: string, evidence: Finding['evidence']) =>
    found.push(findingOf(checks.ids, { message, file, evidence }));
  for (const part of PARTS) {
    const repeated = ids.repeated[part];
    if (ids.missing[part] > 0) report(FILES[part], `${ids.missing[part]} rows of ${FILES[part]} have no id.`, {});
    if (repeated.count > 0) {
      const message = `${repeated.count} rows of ${FILES[part]} repeat an id, for instance ${shown(repeated)}.`;
      report(FILES[part], message, { ...repeated });
    }
  }
  if (ids.inBoth.count > 0) {
    report(layout.test, `${ids.inBoth.count} ids of test are in train too, for instance ${shown(ids.inBoth)}.`, {
      ...ids.inBoth,
    });
  }
  return found;
}

function tellingIds({ ids, rows }: Preparation): Finding[] {
  const found: Finding[] = [];
  for (const { column, rho, rows: count } of ids.order) {
    if (Math.abs(rho) < Math.max(MIN_RHO, ORDER_STANDARD_ERRORS / Math.sqrt(count - 1))) continue;
    const message = `The id follows the column "${column}": rank correlation ${rho.toFixed(2)} over ${count} rows.`;
    found.push(findingOf(checks.opaque, { message, file: layout.train, evidence: { column, rho, rows: count } }));
  }
  if (ids.sides !== null) {
    // Standard error of the Mann-Whitney statistic as a share, https://en.wikipedia.org/wiki/Mann-Whitney_U_test.
    const error = Math.sqrt((rows.train + rows.test + 1) / (12 * rows.train * rows.test));
    if (Math.abs(ids.sides - 0.5) > Math.max(MIN_RHO, ORDER_STANDARD_ERRORS * error)) {
      const message = `Ids tell train from test: a test id is above a train id with chance ${ids.sides.toFixed(2)}.`;
      found.push(findingOf(checks.opaque, { message, file: layout.test, evidence: { chance: ids.sides } }));
    }
  }
  return found;
}

function differingIds({ ids }: Preparation): Finding[] {
  const comparisons: readonly (readonly [Examples, string, string])[] = [
    [ids.sampleNotTest, layout.sampleSubmission, 'ids of the sample submission are not in test.csv'],
    [ids.testNotSample, layout.sampleSubmission, 'ids of test.csv are not in the sample submission'],
    [ids.answersNotTest, layout.answers, 'ids of the answers are not in test.csv'],
    [ids.testNotAnswers, layout.answers, 'ids of test.csv have no answer'],
  ];
  return comparisons
    .filter(([examples]) => examples.count > 0)
    .map(([examples, file, what]) =>
      findingOf(checks.sameIds, {
        message: `${examples.count} ${what}, for instance ${shown(examples)}.`,
        file,
        evidence: { ...examples },
      }),
    );
}

async function share(context: CheckContext, { split }: TaskSpec, { rows }: Preparation): Promise<Finding[]> {
  const actual = rows.test / Math.max(1, rows.test + rows.train);
  const difference = Math.abs(actual - split.test_fraction);
  if (difference <= Math.max(FRACTION_SLACK, FRACTION_RELATIVE_SLACK * split.test_fraction)) return [];
  const message = `The test part holds ${percent(actual)} of the rows; the manifest declares ${percent(split.test_fraction)}.`;
  const range = await context.files.manifestEntry('split', 'test_fraction');
  const evidence = { declared: split.test_fraction, found: actual };
  return [findingOf(checks.fraction, { message, file: layout.manifest, range, evidence })];
}

async function targetColumns(context: CheckContext, { target }: TaskSpec, data: Preparation): Promise<Finding[]> {
  const shownTargets = target.columns.filter((name) => data.columns.test.includes(name));
  const absent = target.columns.filter((name) => !data.columns.train.includes(name));
  const report = async (file: string, message: string, names: readonly string[]) =>
    findingOf(checks.hiddenTarget, {
      message,
      file,
      range: await context.files.line(file, 1),
      evidence: { columns: [...names] },
    });
  return [
    ...(shownTargets.length === 0
      ? []
      : [await report(layout.test, `test.csv shows the target: ${quoted(shownTargets)}.`, shownTargets)]),
    ...(absent.length === 0
      ? []
      : [await report(layout.train, `train.csv lacks the target: ${quoted(absent)}.`, absent)]),
  ];
}

async function columns(context: CheckContext, manifest: TaskSpec, data: Preparation): Promise<Finding[]> {
  const train = data.columns.train.filter((name) => !manifest.target.columns.includes(name));
  const test = data.columns.test;
  const shared = train.filter((name) => test.includes(name));
  const onlyTest = test.filter((name) => !train.includes(name) && !manifest.target.columns.includes(name));
  const onlyTrain = manifest.objective === 'forecasting' ? [] : train.filter((name) => !test.includes(name));
  const reordered = onlyTest.length === 0 && shared.join('\n') !== test.filter((n) => train.includes(n)).join('\n');
  if (onlyTest.length === 0 && onlyTrain.length === 0 && !reordered) return [];
  const parts = [
    onlyTrain.length > 0 ? `only train.csv has ${quoted(onlyTrain)}` : '',
    onlyTest.length > 0 ? `only test.csv has ${quoted(onlyTest)}` : '',
    reordered ? 'their order differs' : '',
  ].filter((part) => part !== '');
  const message = `Train and test differ in their features: ${parts.join('; ')}.`;
  const range = await context.files.line(layout.test, 1);
  return [findingOf(checks.sameColumns, { message, file: layout.test, range, evidence: { onlyTrain, onlyTest } })];
}

async function missingTargets(context: CheckContext, data: Preparation): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const part of ['answers', 'train'] as const) {
    for (const [column, count] of Object.entries(data.missingTargets[part] ?? {})) {
      if (count === 0) continue;
      found.push(
        findingOf(checks.targets, {
          message: `${count} of ${data.rows[part]} rows of ${FILES[part]} have no "${column}".`,
          file: FILES[part],
          range: await context.files.line(FILES[part], 1),
          evidence: { column, count },
          severity: part === 'answers' ? 'error' : 'warning',
        }),
      );
    }
  }
  return found;
}

function shown({ examples }: Examples): string {
  return examples.map((example) => JSON.stringify(example)).join(', ');
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
