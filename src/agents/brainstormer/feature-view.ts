// Which columns a competitor may read for a given target, and why the others stay out.
import type { Feature } from '../../blueprints/formulation.ts';
import { isGeometry } from '../../dataset/frame-columns.ts';
import { hintsAt, isBareId } from '../../dataset/name-tokens.ts';
import type { Excluded, IdeaColumn, IdeaFeature } from './idea.ts';
import { count, percent } from './words/figures.ts';
import { humanised } from './words/names.ts';

/** A column with fewer values than this share of the rows is nearly empty and only adds width. */
const FEWEST_PRESENT = 0.1;
/** One value in nearly every row: the few others cannot be learnt. */
const NEARLY_CONSTANT = 0.995;
/** Remarks that most rows lack are about how the data were taken, not about the thing. */
const FEWEST_PRESENT_TEXT = 0.4;
const REMARK_WORDS = 4;
/** Endings that turn a target's name into the name of something derived from it. */
const derivedEndings = new Set(
  'log group bin bins band bucket category cat class level code rank norm normalized scaled flag label quantile percentile rounded'.split(
    ' ',
  ),
);

export interface FeatureView {
  readonly features: readonly IdeaFeature[];
  readonly excluded: readonly Excluded[];
  /** Excluded columns that may still tell the target by their spelling; worth a measurement. */
  readonly inspect: readonly string[];
}

interface ViewInput {
  readonly columns: readonly IdeaColumn[];
  readonly targets: readonly string[];
  readonly aliases: readonly (readonly string[])[];
  /** Further columns to leave out, each with its reason. */
  readonly without?: ReadonlyMap<string, string>;
  readonly describe: (column: IdeaColumn) => string;
}

/** Sorts the columns of an idea into features and excluded ones, in file order. */
export function featureView(input: ViewInput): FeatureView {
  const features: IdeaFeature[] = [];
  const excluded: Excluded[] = [];
  const inspect: string[] = [];
  const taken = new Set<string>();
  for (const column of input.columns) {
    if (input.targets.includes(column.name)) continue;
    const reason = reasonToExclude(column, input, taken);
    const kind = featureKind(column);
    if (reason !== null || kind === null) {
      excluded.push({ column: column.name, reason: reason ?? 'holds nothing that a model could read' });
      if (column.judgement?.role === 'identifier' || column.judgement?.role === 'group') inspect.push(column.name);
      continue;
    }
    taken.add(column.name);
    features.push({
      name: column.name,
      kind,
      description: input.describe(column),
      historyOnly: false,
      format: column.profile.time?.format ?? null,
    });
  }
  return { features, excluded, inspect };
}

function reasonToExclude(column: IdeaColumn, input: ViewInput, taken: ReadonlySet<string>): string | null {
  const { profile, judgement } = column;
  const named = input.without?.get(column.name);
  if (named !== undefined) return named;
  if (isBareId(column.name)) return 'the public files have an id of their own';
  const aliasOf = input.aliases.find((group) => group.includes(column.name)) ?? [];
  const restated = aliasOf.find((name) => input.targets.includes(name));
  if (restated !== undefined) return `determines \`${restated}\` one to one: it restates the target`;
  const derived = input.targets.find((target) => isDerivedName(column.name, target));
  if (derived !== undefined) return `its name says that it is derived from \`${derived}\``;
  if (judgement?.personal) return `may hold personal data: ${judgement.personal}`;
  if (judgement?.postOutcome) return `may be known only after the outcome: ${judgement.postOutcome}`;
  if (isGeometry(profile)) return 'writes out a place as geometry, whose digits a model would read as words';
  if (judgement?.role === 'number' && hintsAt(column.name, 'stored')) return 'is the size of a stored file';
  const byRole = reasonOfRole(column);
  if (byRole !== null) return byRole;
  const twin = aliasOf.find((name) => taken.has(name));
  if (twin !== undefined) return `says the same as \`${twin}\`, one to one`;
  const present = 1 - profile.missing / Math.max(column.rows, 1);
  if (present < FEWEST_PRESENT) return `is empty in ${percent(1 - present)} of the rows`;
  const commonest = (profile.top[0]?.count ?? 0) / Math.max(column.rows - profile.missing, 1);
  if (commonest >= NEARLY_CONSTANT) return `has the same value in ${percent(commonest)} of the rows that have one`;
  const isRemark = judgement?.role === 'text' || (profile.text?.meanWords ?? 0) >= REMARK_WORDS;
  if (isRemark && present < FEWEST_PRESENT_TEXT) {
    return `is a remark that ${percent(1 - present)} of the rows lack`;
  }
  return null;
}

function reasonOfRole(column: IdeaColumn): string | null {
  switch (column.judgement?.role) {
    case 'empty':
      return 'is empty';
    case 'constant':
      return 'has the same value in every row';
    case 'identifier':
      return 'identifies single rows and means nothing beyond them';
    case 'group':
      return hintsAt(column.name, 'group') || hintsAt(column.name, 'identifier')
        ? 'names the entity that a row belongs to; a model could learn entities by heart'
        : `holds ${count(column.profile.distinct)} values that recur, too many to be kinds; a model could learn them by heart`;
    case 'url':
      return 'is a web address';
    case 'media-path':
      return 'names files';
    case 'part':
      return 'names the part of a split that somebody made, which says nothing about a row';
    case 'binary':
      return 'holds the bytes of files';
    default:
      return null;
  }
}

function featureKind(column: IdeaColumn): Feature['kind'] | null {
  const numeric = column.profile.kind === 'integer' || column.profile.kind === 'number';
  switch (column.judgement?.role) {
    case 'latitude':
      return 'latitude';
    case 'longitude':
      return 'longitude';
    case 'boolean':
      return 'boolean';
    case 'category':
      return 'category';
    case 'ordinal':
      return numeric ? 'number' : 'category';
    case 'number':
      return 'number';
    case 'text':
      return 'text';
    case 'time':
      return 'datetime';
    default:
      return null;
  }
}

function isDerivedName(column: string, target: string): boolean {
  const words = humanised(column).split(' ');
  const base = humanised(target);
  if (words.length < 2 || base === '') return false;
  const last = words.at(-1) ?? '';
  const first = words[0] ?? '';
  if (derivedEndings.has(last) && words.slice(0, -1).join(' ') === base) return true;
  return (derivedEndings.has(first) || first === 'is' || first === 'has') && words.slice(1).join(' ') === base;
}
