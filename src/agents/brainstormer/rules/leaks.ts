// Columns that give the target away or say nothing, judged from what was measured. Each exclusion carries its figures.
import type { Excluded } from '../idea.ts';
import type { Screened } from '../probe-results.ts';
import { figure, percent } from '../words/figures.ts';
import { listed } from '../words/names.ts';

/** A feature alone that covers this share of the way from the constant to perfect deserves a second look … */
const STRONG_ALONE = 0.9;
/** … and is a leak when the model without it makes more than twice its error: real causes leave traces elsewhere. */
const ERROR_RATIO = 0.5;
const FORMULA_SHARE = 0.9;
/** Text that holds the target in this share of the rows, and three times as often as by chance. */
const RESTATED_SHARE = 0.3;
const CHANCE_RATIO = 3;
/** A spelling that tells this much, and clearly more than the value itself, is an artefact. */
const SPELLING_SKILL = 0.3;
const SPELLING_MARGIN = 0.2;
/** Emptiness that tells half of what there is to know: the field is filled after the outcome. */
const EMPTINESS_SKILL = 0.5;

/**
 * The exclusions that a screening calls for, strongest grounds first; a column is named once.
 * @param times columns that hold moments: seasons are a cause, however well they predict.
 */
export function leaksOf(
  screened: Screened,
  target: string,
  isClass: boolean,
  times: ReadonlySet<string> = new Set(),
): readonly Excluded[] {
  const found = new Map<string, string>();
  const add = (column: string, reason: string): void => {
    if (!found.has(column)) found.set(column, reason);
  };
  // Where one class is common, many columns agree with it by chance.
  const chance = isClass ? (screened.floor ?? 0) : 0;
  const least = Math.max(FORMULA_SHARE, (1 + chance) / 2);
  for (const formula of screened.formulas.filter((item) => item.share >= least)) {
    for (const column of formula.columns) add(column, formulaReason(formula, target));
  }
  for (const text of screened.restated) {
    if (text.share >= RESTATED_SHARE && text.share >= CHANCE_RATIO * text.chance) {
      add(
        text.column,
        `its text holds the value of \`${target}\` in ${percent(text.share)} of the rows (${percent(text.chance)} by chance)`,
      );
    }
  }
  for (const feature of screened.features) {
    if (feature.counter)
      add(feature.name, 'numbers the rows one after the other: the order of the file, not a measurement');
    else if (feature.constant) add(feature.name, 'has the same value in every row that has a target');
    else if (!times.has(feature.name) && isLeak(feature, screened, isClass))
      add(feature.name, aloneReason(feature, screened, target, isClass));
  }
  for (const view of screened.views) {
    const own = screened.features.find((feature) => feature.name === view.column);
    if (own === undefined) continue;
    const artefact =
      view.view === 'emptiness'
        ? view.skill >= EMPTINESS_SKILL
        : view.skill >= SPELLING_SKILL && view.skill >= Math.max(own.skill, 0) + SPELLING_MARGIN;
    if (artefact) add(view.column, viewReason(view, target, isClass));
  }
  return [...found].map(([column, reason]) => ({ column, reason }));
}

/**
 * The exclusions with what the spelling of their columns would have told: a column that goes for another reason may be a
 * leak as well, and the manifest says so with the figure.
 */
export function withSpelling(
  excluded: readonly Excluded[],
  screened: Screened,
  target: string,
  isClass: boolean,
): readonly Excluded[] {
  return excluded.map((item) => {
    const views = screened.views.filter((view) => view.column === item.column && view.skill >= SPELLING_SKILL);
    const best = views.toSorted((a, b) => b.skill - a.skill)[0];
    const reason = best === undefined ? '' : viewReason(best, target, isClass);
    if (reason === '' || item.reason.includes(reason)) return item;
    return { ...item, reason: `${item.reason}; ${reason}` };
  });
}

function isLeak(feature: Screened['features'][number], screened: Screened, isClass: boolean): boolean {
  if (feature.skill < STRONG_ALONE || screened.floor === null) return false;
  const without = screened.clean?.score ?? screened.floor;
  return error(feature.score, isClass) <= ERROR_RATIO * error(without, isClass);
}

function error(score: number, isClass: boolean): number {
  return isClass ? 1 - score : score;
}

function aloneReason(
  feature: Screened['features'][number],
  screened: Screened,
  target: string,
  isClass: boolean,
): string {
  const without = screened.clean?.score ?? screened.floor ?? 0;
  return `\`${feature.name}\` alone predicts \`${target}\` with ${scored(feature.score, isClass)} against ${scored(without, isClass)} for a model without it: it is computed from the target or recorded after it`;
}

function scored(score: number, isClass: boolean): string {
  return isClass ? `accuracy ${figure(score)}` : `RMSE ${figure(score)}`;
}

function viewReason(view: Screened['views'][number], target: string, isClass: boolean): string {
  const what = view.view === 'emptiness' ? 'whether it is empty' : `its ${view.view}`;
  return `${what} alone predicts \`${target}\` with ${scored(view.score, isClass)}`;
}

/** Operations that give the target up to a remainder. */
const NEARLY: Readonly<Record<string, string>> = { factors: 'product', quotient: 'ratio', gain: 'difference' };

function formulaReason(formula: Screened['formulas'][number], target: string): string {
  const columns = listed(formula.columns.map((column) => `\`${column}\``));
  if (formula.operation === 'equal') return `equals \`${target}\` in ${percent(formula.share)} of the rows`;
  if (formula.operation === 'combination') return `\`${target}\` follows from ${columns} together`;
  if (formula.operation === 'linear') return `\`${target}\` is a weighted sum of ${columns}`;
  if (formula.operation === 'parts')
    return `${columns} add up to \`${target}\`: their sum explains ${percent(formula.share)} of its variance`;
  const nearly = NEARLY[formula.operation];
  if (nearly !== undefined)
    return `the ${nearly} of ${columns} explains ${percent(formula.share)} of the variance of \`${target}\``;
  return `the ${formula.operation} of ${columns} is \`${target}\` in ${percent(formula.share)} of the rows`;
}
