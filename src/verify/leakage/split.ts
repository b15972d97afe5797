// LEK011 to LEK014 and LEK018: what the split must keep apart.
import { leakageCatalogue as checks } from './catalogue.ts';
import type { Leak } from './fault.ts';
import { percent, rounded } from './figures.ts';
import type { Leaks, TargetLeaks } from './probe.ts';

/** A tenth of the way from a constant to the best score: more than a change of models brings. */
const GAIN = 0.1;
const CERTAIN = 3;
/** Most test rows must meet a known entity for the effect to matter. */
const MOSTLY_KNOWN = 0.5;
const REPEATED = { error: 0.9, warning: 0.5 };
/** AUC between the parts; random splits of 50 rows and more stay below. */
const APART = { warning: 0.8, information: 0.7 };

export function judgeSplit(leaks: Leaks): Leak[] {
  return [...groups(leaks), ...times(leaks), ...shift(leaks)];
}

/** Split leaks that are about one target. */
export function judgeSplitTarget(target: TargetLeaks): Leak[] {
  return [...entities(target), ...lookAhead(target)];
}

function groups({ groups: told }: Leaks): Leak[] {
  if (told === null || told.shared === 0) return [];
  const names = told.columns.map((name) => `"${name}"`).join(' and ');
  const message = `${told.shared} values of ${names} are in both parts, although the split is declared to keep them together: ${told.rows} test rows have known ones.`;
  const evidence = {
    shared: told.shared,
    rows: told.rows,
    examples: told.examples,
    split: { kind: 'group', by: told.columns },
  };
  const where = told.place === null ? { entry: ['split', 'by'] } : { line: told.place };
  return [{ check: checks.groups, severity: 'error', message, where, evidence }];
}

function times({ times: told }: Leaks): Leak[] {
  if (told === null || told.early === 0) return [];
  const { column, early, test, latest } = told;
  const message = `${early} of ${test} test rows are not later than the last train row ("${column}" = ${latest}), although the split is declared to be by time.`;
  const evidence = { early, test, latest, split: { kind: 'time', by: [column] } };
  const where = told.place === null ? { entry: ['split', 'by'] } : { line: told.place };
  return [{ check: checks.time, severity: 'error', message, where, evidence }];
}

function shift({ shift: told }: Leaks): Leak[] {
  if (told === null || told.auc < APART.information) return [];
  const { auc, column } = told;
  const by = column === null ? '' : `, mostly by "${column}"`;
  const message = `Train and test rows can be told apart (AUC ${rounded(auc)}${by}), although the split is declared to be random.`;
  const severity = auc >= APART.warning ? 'warning' : 'information';
  const where = column === null ? { entry: ['split', 'kind'] } : { column, part: 'test' as const };
  return [
    { check: checks.shift, severity, message, where, evidence: { auc: rounded(auc), ...(column ? { column } : {}) } },
  ];
}

function entities({ name, entities: told }: TargetLeaks): Leak[] {
  return told.flatMap(({ columns, by, shared, random, grouped }) => {
    const gain = random.skill - Math.max(grouped.skill, 0);
    const error = Math.hypot(random.error, grouped.error);
    if (shared < MOSTLY_KNOWN || gain < GAIN || gain <= CERTAIN * error) return [];
    const names = columns.map((name) => `"${name}"`).join(' and ');
    const reached = `reaches ${percent(random.skill)} of the way to a perfect score for "${name}"`;
    const apart = percent(Math.max(grouped.skill, 0));
    const message = {
      entity: `${percent(shared)} of the test rows have a ${names} that is in train.csv, and a quick model ${reached} when it has met them, ${apart} when it has not.`,
      time: `The split ignores ${names}: a quick model ${reached} when it knows the days around a row, ${apart} when whole stretches of time are held out.`,
      map: `The split ignores ${names}: a quick model ${reached} when it knows the neighbours of a row, ${apart} when whole areas are held out.`,
    }[by];
    const figures = { shared: rounded(shared), random: rounded(random.skill), grouped: rounded(grouped.skill) };
    const split = { kind: by === 'time' ? 'time' : 'group', by: columns };
    const where = { column: columns[0] ?? '', part: 'train' as const };
    return [{ check: checks.entities, severity: 'warning', message, where, evidence: { ...figures, split } }];
  });
}

function lookAhead({ name, lookAhead: told }: TargetLeaks): Leak[] {
  return told.flatMap(({ column, steps, series, share }) => {
    if (share < REPEATED.warning) return [];
    const within = series === null ? '' : ` of the same "${series}"`;
    const message = `In test.csv, "${column}" is the answer ("${name}") of the row ${steps} earlier${within} in ${percent(share)} of the rows.`;
    const severity = share >= REPEATED.error ? 'error' : 'warning';
    const evidence = { column, steps, share: rounded(share), ...(series === null ? {} : { series }) };
    return [{ check: checks.lookAhead, severity, message, where: { column, part: 'test' }, evidence }];
  });
}
