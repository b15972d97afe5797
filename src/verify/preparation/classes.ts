// PRE010 and PRE012: classes of the test part that train lacks, or that have few rows.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import { type Check, type CheckContext, findingOf } from '../check.ts';
import { preparationCatalogue as checks } from './catalogue.ts';
import type { Preparation } from './probe.ts';

// One row more or less moves the recall of a class by 20 points at 5 rows, by 10 at 10.
const MIN_CLASS_ROWS = 5;
const FEW_CLASS_ROWS = 10;
/** So many classes of a column have a finding each; more have one together, since they have one cause. */
const EACH = 3;

interface Told {
  readonly check: Check;
  readonly severity: 'error' | 'warning';
  /** What is said of one class, after its test rows. */
  readonly one: string;
  /** What is said of several, after their number. */
  readonly many: string;
  readonly evidence: Finding['evidence'];
}

/** Classes with test rows and no row in train. */
export async function unseenClasses(context: CheckContext, { classes }: Preparation): Promise<Finding[]> {
  const told: Told = {
    check: checks.classes,
    severity: 'error',
    one: 'test rows and no row in train',
    many: 'have test rows and no row in train',
    evidence: { train: 0 },
  };
  const found = Object.entries(classes).map(([column, { train = {}, answers = {} }]) => {
    const unseen = Object.entries(answers).filter(([label]) => !Object.hasOwn(train, label));
    return findings(context, column, unseen, told);
  });
  return (await Promise.all(found)).flat();
}

/** Classes of few test rows, where a class weighs as much as any other. */
export async function rareClasses(context: CheckContext, { classes }: Preparation): Promise<Finding[]> {
  const told = (severity: Told['severity'], limit: number): Told => ({
    check: checks.support,
    severity,
    one: 'test rows and weighs as much as any other',
    many: `have fewer than ${limit} test rows, and each weighs as much as any other`,
    evidence: { error: MIN_CLASS_ROWS, warning: FEW_CLASS_ROWS },
  });
  const found = Object.entries(classes).flatMap(([column, { answers = {} }]) => {
    const rows = Object.entries(answers);
    const tiny = rows.filter(([, count]) => count < MIN_CLASS_ROWS);
    const small = rows.filter(([, count]) => count >= MIN_CLASS_ROWS && count < FEW_CLASS_ROWS);
    return [
      findings(context, column, tiny, told('error', MIN_CLASS_ROWS)),
      findings(context, column, small, told('warning', FEW_CLASS_ROWS)),
    ];
  });
  return (await Promise.all(found)).flat();
}

async function findings(
  { files }: CheckContext,
  column: string,
  classes: readonly (readonly [label: string, rows: number])[],
  { check, severity, one, many, evidence }: Told,
): Promise<Finding[]> {
  const at = async (label: string) => ({
    file: layout.answers,
    range: await files.find(layout.answers, label),
    severity,
  });
  const [first] = classes;
  if (first === undefined || classes.length <= EACH)
    return Promise.all(
      classes.map(async ([label, rows]) => {
        const message = `The class "${label}" of "${column}" has ${rows} ${one}.`;
        return findingOf(check, { ...(await at(label)), message, evidence: { column, label, rows, ...evidence } });
      }),
    );
  const few = classes.slice(0, EACH).map(([label, rows]) => `"${label}" (${rows} rows)`);
  const message = `${classes.length} classes of "${column}" ${many}: ${few.join(', ')} and ${classes.length - EACH} more.`;
  const rows = Object.fromEntries(classes);
  return [findingOf(check, { ...(await at(first[0])), message, evidence: { column, classes: rows, ...evidence } })];
}
