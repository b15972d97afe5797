// Family LEK: the built package is measured in one job and judged by its figures.
import { fileStart, lineRange, type Range } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { measured } from '../cache/remembered.ts';
import {
  type Check,
  type CheckContext,
  type CheckOutcome,
  concluded,
  type FamilyChecks,
  findingOf,
  skipped,
} from '../check.ts';
import { guarded, withManifest } from '../engine.ts';
import { leakageCatalogue as checks } from './catalogue.ts';
import { judgeColumns } from './columns.ts';
import { judgeExposure } from './exposure.ts';
import type { Leak, Where } from './fault.ts';
import { judgeOrder } from './order.ts';
import { type Leaks, leakageInputs, leakageJob, type Place } from './probe.ts';
import { judgeRows } from './rows.ts';
import { judgeSplit, judgeSplitTarget } from './split.ts';

const all: readonly Check[] = Object.values(checks);

export const leakageFamily: FamilyChecks = {
  family: 'LEK',
  after: ['STR'],
  checks: all,
  run: (context) => withManifest(all, context, (manifest) => guarded(all, context, () => measure(context, manifest))),
};

/** Pure: everything that the figures say is a leak. */
export function judgeLeaks(leaks: Leaks, idColumn: string): Leak[] {
  const targets = leaks.targets.flatMap((target) => [
    ...judgeColumns(target),
    ...judgeOrder(target, idColumn),
    ...judgeSplitTarget(target),
    ...judgeExposure(target),
  ]);
  return [...judgeRows(leaks), ...judgeSplit(leaks), ...targets];
}

async function measure(context: CheckContext, manifest: TaskSpec): Promise<CheckOutcome[]> {
  const leaks = await measured(context, leakageJob(context), leakageInputs);
  if (leaks.problem !== null) throw new Error(leaks.problem);
  const unmeasured = inapplicable(leaks, manifest);
  const found = judgeLeaks(leaks, manifest.submission.id_column);
  return Promise.all(
    all.map(async (check) => {
      const reason = unmeasured.get(check);
      if (reason !== undefined) return skipped(check, reason);
      const mine = found.filter((leak) => leak.check === check);
      return concluded(check, await Promise.all(mine.map((leak) => place(context, leaks, leak))));
    }),
  );
}

/** Checks that this package gives no occasion for, with the reason. */
function inapplicable(leaks: Leaks, { split }: TaskSpec): Map<Check, string> {
  const by = split.by.join(', ') || 'nothing';
  const reasons = new Map<Check, string>();
  const unless = (applies: boolean, check: Check, reason: string) => applies || reasons.set(check, reason);
  const grouped = split.kind === 'group' || split.kind === 'entity';
  unless(
    leaks.groups !== null,
    checks.groups,
    grouped ? `the key (${by}) is not in the public files` : 'no split by group',
  );
  unless(
    leaks.times !== null,
    checks.time,
    split.kind === 'time' ? `the time (${by}) is not in the public files` : 'no split by time',
  );
  unless(leaks.times !== null, checks.lookAhead, 'no split by a public time');
  const random = split.kind === 'random' || split.kind === 'stratified';
  unless(random, checks.entities, `the split is declared to be by ${split.kind}`);
  unless(random, checks.shift, `the split is declared to be by ${split.kind}`);
  unless(leaks.near.length > 0 || leaks.alike !== null, checks.near, 'no texts or pictures');
  unless(
    leaks.targets.some(({ media }) => media.length > 0),
    checks.media,
    'no media files',
  );
  if (leaks.targets.length === 0) {
    for (const check of all)
      if (!reasons.has(check) && !ROW_CHECKS.has(check)) reasons.set(check, 'no target can be read');
  }
  return reasons;
}

const ROW_CHECKS: ReadonlySet<Check> = new Set([
  checks.duplicates,
  checks.near,
  checks.conflicts,
  checks.groups,
  checks.time,
  checks.shift,
]);

async function place(context: CheckContext, leaks: Leaks, leak: Leak) {
  const { check, severity, message, evidence } = leak;
  const { file, range } = await located(context, leaks, leak.where);
  const related = leak.related?.map((other) => ({ ...rangeOfPlace(other.place), message: other.message }));
  return findingOf(check, { message, file, range, evidence, severity, ...(related?.length ? { related } : {}) });
}

async function located(context: CheckContext, leaks: Leaks, where: Where): Promise<{ file: string; range: Range }> {
  if ('line' in where) return rangeOfPlace(where.line);
  if ('entry' in where) return { file: layout.manifest, range: await context.files.manifestEntry(...where.entry) };
  if ('column' in where) {
    const span = leaks.headers[where.part]?.[where.column];
    const file = where.part === 'train' ? layout.train : layout.test;
    if (span === undefined) return { file, range: fileStart };
    return { file, range: { start: { line: 0, character: span[0] }, end: { line: 0, character: span[1] } } };
  }
  const range = where.at === undefined ? fileStart : await context.files.line(where.file, where.at);
  return { file: where.file, range };
}

function rangeOfPlace({ file, line, length }: Place): { file: string; range: Range } {
  return { file, range: lineRange(line - 1, length) };
}
