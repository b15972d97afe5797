// The split asks the question. It is read from the data and comes with its reason.
import { hintsAt } from '../../../dataset/name-tokens.ts';
import type { ColumnProfile } from '../../../dataset/profile.ts';
import type { Split, TableIdea } from '../idea.ts';
import { count, figure } from '../words/figures.ts';
import { entityWords, listed } from '../words/names.ts';
import { testShare } from './test-size.ts';

/** Enough blocks along the longer side that several hundred small worlds can be held out. */
const BLOCKS_PER_SIDE = 20;
const BLOCK_DEGREES = [45, 30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
/** Groups are worth keeping together when members repeat and no single one rules. */
const LARGEST_GROUP = 0.3;
const FEWEST_GROUPS = 20;
/** Rows of one being resemble each other so much that even few of them must not stand on both sides. */
const FEWEST_BEINGS = 8;
const SECONDS_PER_DAY = 86400;
const DAYS_PER_YEAR = 365.25;
/** A whole season is held out when history shows at least three of them. */
const SEASONS = 3;

const alone = { key: 'none' } as const;

/** The split of an idea: official, later in time, unseen places, unseen entities, stratified, or random. */
export function chooseSplit(idea: TableIdea, seed: number): Split {
  const rows = idea.table.rows;
  const base = { together: alone, time: null, series: [...idea.series], testFraction: testShare(rows), seed };
  if (idea.source.parts.length > 0) return officialSplit(idea, base);
  if (idea.time !== null) return timeSplit(idea, base);
  if (idea.coordinates !== null) return gridSplit(idea, idea.coordinates, base);
  const group = usableGroup(idea);
  if (group !== null) {
    const members = idea.columns.find((column) => column.name === group)?.profile.distinct ?? 0;
    return {
      ...base,
      kind: idea.family === 'relational' ? 'entity' : 'group',
      together: { key: 'columns', columns: [group] },
      reason:
        `Rows repeat for ${count(members)} values of \`${group}\`. ` +
        `All rows of one stay on one side, so that a score tells how a model does on ones it has never seen.`,
    };
  }
  if (idea.objective.endsWith('classification') || idea.objective === 'ordinal-regression') {
    return {
      ...base,
      kind: 'stratified',
      reason: 'Rows are independent of each other; each class keeps its share in both parts.',
    };
  }
  return { ...base, kind: 'random', reason: 'Rows are independent of each other: a random part is a fair sample.' };
}

/** The same rows dealt at random: what a careless split would have measured. */
export function randomSplit(split: Split): Split {
  return { ...split, kind: 'random', together: alone, time: null };
}

function officialSplit(idea: TableIdea, base: Omit<Split, 'kind' | 'reason'>): Split {
  const names = idea.source.parts.map((part) => part.part);
  return { ...base, kind: 'official', reason: `The files state the parts themselves: ${listed(names)}.` };
}

function timeSplit(idea: TableIdea, base: Omit<Split, 'kind' | 'reason'>): Split {
  const time = idea.time ?? { column: '', format: '' };
  const profile = idea.columns.find((column) => column.name === time.column)?.profile;
  const testFraction = wholeYear(profile) ?? base.testFraction;
  const question =
    idea.family === 'forecasting' ? 'the future of the series is asked' : 'a model is used on later rows';
  return {
    ...base,
    kind: 'time',
    time,
    testFraction,
    reason: `Rows follow each other in \`${time.column}\` and ${question}: the test part is the latest ${Math.round(
      testFraction * 100,
    )} %. Random rows would stand between neighbours that resemble them.`,
  };
}

/** The share of the last year, where there are at least three. */
function wholeYear(profile: ColumnProfile | undefined): number | null {
  if (!profile?.time) return null;
  const days = (Date.parse(profile.time.maximum) - Date.parse(profile.time.minimum)) / 1000 / SECONDS_PER_DAY;
  const years = days / DAYS_PER_YEAR;
  const share = Math.round((1 / years) * 100) / 100;
  return years >= SEASONS - 0.01 && share >= 0.1 ? share : null;
}

function gridSplit(
  idea: TableIdea,
  place: NonNullable<TableIdea['coordinates']>,
  base: Omit<Split, 'kind' | 'reason'>,
): Split {
  const degrees = blockSize(extent(idea, place.latitude), extent(idea, place.longitude));
  return {
    ...base,
    kind: 'group',
    together: { key: 'grid', ...place, degrees },
    reason: `Neighbours on the map resemble each other. Whole blocks of ${figure(degrees)} degrees are held out, so that a score tells how a model does in places it has never seen.`,
  };
}

/** The largest usual size that gives at least twenty blocks along the longer side. */
export function blockSize(latitudes: number, longitudes: number): number {
  const side = Math.max(latitudes, longitudes);
  return BLOCK_DEGREES.find((degrees) => side / degrees >= BLOCKS_PER_SIDE - 2) ?? 0.001;
}

function extent(idea: TableIdea, name: string): number {
  const numeric = idea.columns.find((column) => column.name === name)?.profile.numeric;
  return numeric ? numeric.maximum - numeric.minimum : 0;
}

function usableGroup(idea: TableIdea): string | null {
  for (const name of idea.groups) {
    const profile = idea.columns.find((column) => column.name === name)?.profile;
    if (profile === undefined || idea.features.some((feature) => feature.name === name)) continue;
    const rows = profile.distinct > 0 ? idea.table.rows - profile.missing : 0;
    const repeats = idea.family === 'relational' || profile.distinct < 0.9 * rows;
    const largest = (profile.top[0]?.count ?? 0) / Math.max(idea.table.rows, 1);
    const fewest = hintsAt(name, 'being') ? FEWEST_BEINGS : FEWEST_GROUPS;
    if (repeats && profile.distinct >= fewest && largest <= LARGEST_GROUP) return name;
  }
  return null;
}

/** What a competitor meets in the test part, in words. */
export function testPartWords(split: Split): string {
  switch (split.kind) {
    case 'time':
      return 'later in time than everything in train';
    case 'group':
    case 'entity':
      if (split.together.key === 'grid') return 'in places where train has nothing';
      if (split.together.key === 'columns')
        return `of an unseen ${listed(split.together.columns.map(entityWords))}: train holds none of its rows`;
      if (split.together.key === 'normalized-text') return 'texts that train does not hold';
      if (split.together.key === 'content') return 'files of which train holds no copy';
      return 'from recording sessions that train does not hold';
    case 'official':
      return 'the official test part';
    default:
      return 'a held-out sample';
  }
}
