// LEK006 to LEK010: columns that give the target away.
import { leakageCatalogue as checks } from './catalogue.ts';
import type { Leak } from './fault.ts';
import { percent, rounded, tells } from './figures.ts';
import type { TargetLeaks } from './probe.ts';

/**
 * A feature alone counts as a leak when it is nearly perfect and all others together stay far behind. Both are needed: a
 * strong legitimate feature leaves room above it, and where several features are nearly perfect the task is easy, not leaky.
 */
const NEARLY_PERFECT = { classes: 0.95, numbers: 0.9 };
const AHEAD = 0.15;
/** Weaker grounds for a person to look at. */
const STRONG = { classes: 0.9, numbers: 0.8 };
const FAR_AHEAD = 0.3;

/** A piece of a code that tells half of what there is to tell is no coincidence of naming. */
const SPELT = { error: 0.5, warning: 0.25 };
/** Whole codes that tell as much are features in their own right. */
const MORE_THAN_WHOLE = 0.1;
/** Empty cells can be honest information, such as an answer refused; nearly all of the target they cannot. */
const EMPTY = { error: 0.6, warning: 0.35 };
/** The source of a record decides which cells it fills: the pattern then tells no more than the source does. */
const EMPTY_AHEAD = { error: 0.15, warning: 0 };
/** Share of the way from shuffled targets to every row. */
const SAID = { error: 0.5, warning: 0.2 };
const EXACT = { error: 0.95, warning: 0.8 };

/** Column leaks of one target; each column is reported once, by the weightiest measure. */
export function judgeColumns(target: TargetLeaks): Leak[] {
  const found = [...formulas(target), ...emptiness(target), ...restated(target), ...spelling(target), ...alone(target)];
  const seen = new Set<string>();
  const weightiestFirst = [...errors(found), ...found.filter(({ severity }) => severity !== 'error')];
  return weightiestFirst.filter(({ evidence }) => {
    const column = String(evidence['column']);
    return !seen.has(column) && seen.add(column);
  });
}

const errors = (leaks: readonly Leak[]) => leaks.filter(({ severity }) => severity === 'error');

function alone({ name, classes, alone: { features, model } }: TargetLeaks): Leak[] {
  const kind = classes > 0 ? 'classes' : 'numbers';
  return features.flatMap((feature, index) => {
    const { column, skill, without } = feature;
    if (without === undefined || features.length < 2) return [];
    const rival = Math.max(without, features[index === 0 ? 1 : 0]?.skill ?? 0);
    const perfect = tells(feature, NEARLY_PERFECT[kind]) && skill - rival >= AHEAD;
    const strong = tells(feature, STRONG[kind]) && skill - rival >= FAR_AHEAD;
    if (!perfect && !strong) return [];
    const message = `"${column}" alone reaches ${percent(skill)} of the way from a constant to a perfect score for "${name}"; all other features together reach ${percent(Math.max(without, 0))}.`;
    const evidence = {
      column,
      skill: rounded(skill),
      error: rounded(feature.error),
      others: rounded(without),
      model: model === null ? null : rounded(model),
    };
    const severity = perfect ? 'error' : 'warning';
    return [{ check: checks.feature, severity, message, where: { column, part: 'train' }, evidence }];
  });
}

function spelling({ name, spelling: views }: TargetLeaks): Leak[] {
  return views.flatMap((told) => {
    const { column, view, skill, whole } = told;
    if (!tells(told, SPELT.warning) || skill < whole + MORE_THAN_WHOLE) return [];
    const message = `The ${view} of "${column}" alone reaches ${percent(skill)} of the way from a constant to a perfect score for "${name}".`;
    const severity = skill >= SPELT.error ? 'error' : 'warning';
    const evidence = { column, view, skill: rounded(skill), error: rounded(told.error) };
    return [{ check: checks.spelling, severity, message, where: { column, part: 'train' }, evidence }];
  });
}

function emptiness({ name, emptiness: told }: TargetLeaks): Leak[] {
  if (told === null) return [];
  const [first] = told.columns;
  const single = first !== undefined && first.skill >= told.together.skill - 0.05;
  const best = single ? first : told.together;
  const ahead = best.skill - told.rival;
  if (first === undefined || !tells(best, EMPTY.warning) || ahead < EMPTY_AHEAD.warning) return [];
  const what = single ? `whether "${first.column}" is empty` : 'which cells are empty';
  const message = `${what[0]?.toUpperCase()}${what.slice(1)} alone reaches ${percent(best.skill)} of the way from a constant to a perfect score for "${name}".`;
  const cells = told.columns.map(({ column, skill }) => ({ column, skill: rounded(skill) }));
  return [
    {
      check: checks.emptiness,
      severity: best.skill >= EMPTY.error && ahead >= EMPTY_AHEAD.error ? 'error' : 'warning',
      message,
      where: { column: first.column, part: 'train' },
      evidence: { column: first.column, cells, skill: rounded(best.skill), error: rounded(best.error) },
    },
  ];
}

function restated({ name, restated: texts }: TargetLeaks): Leak[] {
  return texts.flatMap(({ column, share, chance }) => {
    const told = (share - chance) / Math.max(1 - chance, 1e-9);
    if (told < SAID.warning) return [];
    const message = `"${column}" holds the value of "${name}" in its text in ${percent(share)} of the rows, and in ${percent(chance)} when the values are shuffled.`;
    const evidence = { column, share: rounded(share), chance: rounded(chance) };
    const severity = told >= SAID.error ? 'error' : 'warning';
    return [{ check: checks.restated, severity, message, where: { column, part: 'train' }, evidence }];
  });
}

const OPERATIONS: Readonly<Record<string, (columns: string) => string>> = {
  equal: (columns) => `equals ${columns}`,
  sum: (columns) => `is the sum of ${columns}`,
  difference: (columns) => `is the difference of ${columns}`,
  product: (columns) => `is the product of ${columns}`,
  ratio: (columns) => `is the ratio of ${columns}`,
  maximum: (columns) => `is the larger of ${columns}`,
  minimum: (columns) => `is the smaller of ${columns}`,
  linear: (columns) => `is a linear sum of ${columns}`,
  parts: (columns) => `is nearly the sum of ${columns}`,
  factors: (columns) => `is nearly the product of ${columns}`,
  quotient: (columns) => `is nearly the ratio of ${columns}`,
  gain: (columns) => `is nearly the difference of ${columns}`,
  combination: (columns) => `follows from ${columns} together`,
  comparison: (columns) => `tells which of ${columns} is larger`,
};
/** Operations that are measured by the variance that they explain, not by the rows where they are right. */
const NEARLY: ReadonlySet<string> = new Set(['parts', 'factors', 'quotient', 'gain']);

function formulas({ name, formulas: exact }: TargetLeaks): Leak[] {
  const [first, ...others] = exact;
  const column = first?.columns[0];
  if (first === undefined || column === undefined || first.share < EXACT.warning) return [];
  const columns = first.columns.map((each) => `"${each}"`).join(' and ');
  const says = OPERATIONS[first.operation]?.(columns) ?? `is a formula of ${columns}`;
  const near = NEARLY.has(first.operation);
  const how = near
    ? `, which explains ${percent(first.share)} of its variance`
    : ` in ${percent(first.share)} of the rows`;
  const message = `"${name}" ${says}${how}.`;
  const evidence = {
    column,
    columns: first.columns,
    operation: first.operation,
    share: rounded(first.share),
    others: others.length,
  };
  const severity = first.share >= EXACT.error ? 'error' : 'warning';
  return [{ check: checks.formula, severity, message, where: { column, part: 'train' }, evidence }];
}
