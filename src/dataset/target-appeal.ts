// Which columns a person would want to predict, before any signal is measured.
import type { ColumnJudgement, TargetCandidate } from './judgement.ts';
import { isMadeUp } from './made-up-names.ts';
import { hintsAt, nameTokens } from './name-tokens.ts';
import type { ColumnProfile, TableProfile } from './profile.ts';
import { distaste } from './target-taste.ts';

/** Classes with fewer rows cannot be learnt and scored. */
const rowsPerClass = 20;
const mostClasses = 30;
/** A majority above this leaves too few rows of everything else, unless those are many in number. */
const largestMajority = 0.97;
const enoughRareRows = 200;
/** Share of the rows that belong to classes large enough; the others would have to be left out. */
const leastCovered = 0.7;
/** A number with fewer values is a level or a count. */
const fewestNumbers = 15;
const mostMissing = 0.5;
/** A name from the list of usual targets, and the last column of a table, are hints; measured shape is the base. */
const strongBonus = 0.3;
const weakBonus = 0.15;
const lastBonus = 0.15;
/** Without a header the place is the only hint: people put what they ask for at an end, a class also first. */
const lastUnnamedBonus = 0.3;
/** What stands between the ends then is one measurement among others, of which a reader cannot even tell the name. */
const amidUnnamed = 0.2;
/** A table of x and y, perhaps with a row number, asks for y. */
const fewestBesideAxes = 3;
/** With fewer levels any counts look like a scale's. */
const fewestScaleLevels = 5;
/** Codes of other things (a session id, a store number) are classes by accident. */
const codePenalty = 0.2;
/** A column that speaks of a later event is at best a second-hand target. */
const latePenalty = 0.1;

/** The columns of a table that could be a target, most appealing first. */
export function targetCandidates(table: TableProfile, judgements: readonly ColumnJudgement[]): TargetCandidate[] {
  const aliases = new Set(table.aliases.flatMap((names) => names.slice(1)));
  const onMap = ['latitude', 'longitude'].every((role) => judgements.some((judged) => judged.role === role));
  const common = commonWords(table, judgements, onMap);
  const found: TargetCandidate[] = [];
  for (const column of table.columns) {
    const judged = judgements[column.index];
    if (judged === undefined || aliases.has(column.name) || judged.personal !== null) continue;
    if (column.missing > mostMissing * table.rows) continue;
    const candidate = shapeOf(column, judged, table);
    if (candidate === undefined) continue;
    const bonus = isAxis(column.name, table) ? 0 : nameBonus(column.name, common);
    const poor = distaste(column, judged, table, onMap);
    const appeal = Math.min(
      1,
      candidate.appeal +
        (poor === null ? bonus : Math.min(bonus, 0)) +
        placeBonus(column, judged, table) -
        (poor?.penalty ?? 0) -
        (judged.postOutcome === null || bonus > 0 ? 0 : latePenalty),
    );
    const reason = poor === null ? candidate.reason : `${candidate.reason}; ${poor.reason}`;
    found.push({ column: column.name, ...candidate, reason, appeal: Math.max(0, Math.round(appeal * 100) / 100) });
  }
  return found.sort((a, b) => b.appeal - a.appeal || (a.column < b.column ? -1 : 1));
}

/** Words that several numbers share: what everything is called distinguishes nothing. */
function commonWords(table: TableProfile, judgements: readonly ColumnJudgement[], onMap: boolean): ReadonlySet<string> {
  const seen = new Map<string, number>();
  for (const column of table.columns) {
    const judged = judgements[column.index];
    if (judged?.role !== 'number' || distaste(column, judged, table, onMap) !== null) continue;
    for (const token of new Set(nameTokens(column.name))) seen.set(token, (seen.get(token) ?? 0) + 1);
  }
  return new Set([...seen].flatMap(([token, times]) => (times > 1 ? [token] : [])));
}

function nameBonus(name: string, common: ReadonlySet<string>): number {
  const own = nameTokens(name).filter((token) => !common.has(token));
  const weak = own.some((token) => hintsAt(token, 'weakTarget'));
  const wanted = hintsAt(name, 'strongTarget') ? strongBonus : weak ? weakBonus : 0;
  return wanted - (hintsAt(name, 'strictIdentifier') ? codePenalty : 0);
}

/** `y` is what is asked, unless it stands beside `x` among other columns: then it is a direction. */
function isAxis(name: string, table: TableProfile): boolean {
  const is = (other: string, letter: string) => other.trim().toLowerCase() === letter;
  return is(name, 'y') && table.columns.length > fewestBesideAxes && table.columns.some((one) => is(one.name, 'x'));
}

function placeBonus(column: ColumnProfile, judged: ColumnJudgement, table: TableProfile): number {
  const last = column.index === table.columns.length - 1;
  if (!isMadeUp(column.name)) return last ? lastBonus : 0;
  if (last) return lastUnnamedBonus;
  return column.index === 0 && judged.role !== 'number' ? 0 : -amidUnnamed;
}

type Shape = Omit<TargetCandidate, 'column'>;

function shapeOf(column: ColumnProfile, judged: ColumnJudgement, table: TableProfile): Shape | undefined {
  switch (judged.role) {
    case 'boolean':
    case 'category':
      return classes(column, table);
    case 'ordinal':
      return isMadeUp(column.name) && !isScale(column) ? classes(column, table) : levels(column);
    case 'number':
      return numbers(column, table);
    default:
      return undefined;
  }
}

function classes(column: ColumnProfile, table: TableProfile): Shape | undefined {
  const present = table.rows - column.missing;
  const large = column.top.filter((entry) => entry.count >= rowsPerClass);
  const majority = (column.top[0]?.count ?? 0) / present;
  const covered = large.reduce((sum, entry) => sum + entry.count, 0) / present;
  const others = present - (column.top[0]?.count ?? 0);
  if (large.length < 2 || large.length > mostClasses || covered < leastCovered) return undefined;
  if (majority > largestMajority && others < enoughRareRows) return undefined;
  const balance = (1 - majority) * (large.length / (large.length - 1));
  const objective = large.length === 2 ? 'binary-classification' : 'multiclass-classification';
  return {
    objective,
    appeal: (0.4 + 0.25 * Math.min(1, balance)) * covered,
    reason: `${large.length} classes with at least ${rowsPerClass} rows, the largest holds ${Math.round(100 * majority)} %`,
  };
}

/**
 * Whether whole numbers without a name are a scale rather than numbered kinds: enough levels, none left out, and counts
 * that rise to one peak and fall. Where this is not plain, classes claim nothing that could be false.
 */
function isScale(column: ColumnProfile): boolean {
  const byLevel = column.top.toSorted((a, b) => Number(a.value) - Number(b.value));
  const values = byLevel.map((entry) => Number(entry.value));
  if (values.length < fewestScaleLevels || values.some((value, at) => at > 0 && value - (values[at - 1] ?? 0) !== 1))
    return false;
  const counts = byLevel.map((entry) => entry.count);
  const peak = counts.indexOf(Math.max(...counts));
  return counts.every(
    (count, at) => at === 0 || (at <= peak ? count >= (counts[at - 1] ?? 0) : count <= (counts[at - 1] ?? 0)),
  );
}

function levels(column: ColumnProfile): Shape | undefined {
  const large = column.top.filter((entry) => entry.count >= rowsPerClass);
  if (large.length < 3) return undefined;
  return {
    objective: 'ordinal-regression',
    appeal: 0.4,
    reason: `${large.length} ordered levels with at least ${rowsPerClass} rows`,
  };
}

function numbers(column: ColumnProfile, table: TableProfile): Shape | undefined {
  const numeric = column.numeric;
  if (numeric === null || column.distinct < fewestNumbers || numeric.sd === 0) return undefined;
  const present = table.rows - column.missing;
  const piled = Math.max(numeric.atMaximum, numeric.atMinimum, column.top[0]?.count ?? 0) / present;
  if (piled > 0.5) return undefined;
  const variety = Math.min(1, column.distinct / 100);
  return {
    objective: 'regression',
    appeal: 0.35 + 0.15 * variety - 0.3 * piled,
    reason: `${column.distinct} values from ${numeric.minimum} to ${numeric.maximum}`,
  };
}
