// LEK004 and LEK005: ids and the order of rows.
import { layout } from '../../task/layout.ts';
import { leakageCatalogue as checks } from './catalogue.ts';
import type { Leak } from './fault.ts';
import { percent, rounded, tells } from './figures.ts';
import type { TargetLeaks } from './probe.ts';

/** A tenth of the way to a perfect score: more than any of the tried views reaches by luck. */
const TELLING = 0.1;
/** Standard errors beyond shuffled rows. Order is tried in three files for each target. */
const ORDERED = 6;
const LIKENESS = 0.1;
const POSITION = 'position in the file';

export function judgeOrder(target: TargetLeaks, idColumn: string): Leak[] {
  return [...identifiers(target, idColumn), ...order(target)];
}

function identifiers({ name, ids }: TargetLeaks, column: string): Leak[] {
  const views = ids.filter((told) => told.view !== POSITION && tells(told, TELLING));
  const [best] = views;
  if (best === undefined) return [];
  const message = `The id tells "${name}": its ${best.view} alone reaches ${percent(best.skill)} of the way from a constant to a perfect score.`;
  const evidence = {
    view: best.view,
    skill: rounded(best.skill),
    error: rounded(best.error),
    views: views.map(({ view }) => view),
  };
  return [{ check: checks.ids, severity: 'error', message, where: { column, part: 'train' }, evidence }];
}

function order({ name, neighbours, ids, classes }: TargetLeaks): Leak[] {
  const telling = neighbours.filter(
    ({ file, alike, chance, errors, sortedBy, sortedByTarget }) =>
      sortedBy === null &&
      errors >= ORDERED &&
      alike - chance >= LIKENESS &&
      // The private file may follow a public order, such as time; only sorted answers are suspicious there.
      (file !== layout.answers || sortedByTarget),
  );
  const of = (file: string) => telling.find((told) => told.file === file);
  const found = of(layout.test) ?? of(layout.train) ?? of(layout.answers);
  const position = ids.find((told) => told.view === POSITION && tells(told, TELLING));
  const explained = neighbours.some(({ file, sortedBy }) => file === layout.test && sortedBy !== null);
  if (found !== undefined) {
    const { file, alike, chance, errors, sortedByTarget } = found;
    const how = sortedByTarget
      ? `is sorted by "${name}"`
      : classes > 0
        ? `puts equal values of "${name}" together: ${percent(alike)} of adjacent rows agree, ${percent(chance)} in shuffled ones`
        : `puts like values of "${name}" together: adjacent rows correlate by ${rounded(alike)}`;
    const evidence = { file, alike: rounded(alike), chance: rounded(chance), errors: rounded(errors) };
    // Order in train alone helps nobody to answer a test row.
    const severity = file === layout.test ? 'error' : 'warning';
    return [{ check: checks.order, severity, message: `${file} ${how}.`, where: { file }, evidence }];
  }
  if (position === undefined || explained) return [];
  const { skill, error } = position;
  const message = `The position of a row in its file reaches ${percent(skill)} of the way from a constant to a perfect score for "${name}".`;
  const evidence = { view: POSITION, skill: rounded(skill), error: rounded(error) };
  return [{ check: checks.order, severity: 'error', message, where: { file: layout.test }, evidence }];
}
