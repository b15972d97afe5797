// Whether the rows are events or moments in time, so that the honest question is about later rows.
import type { TableJudgement } from '../../../dataset/judgement.ts';
import type { TableProfile } from '../../../dataset/profile.ts';
import type { TableIdea } from '../idea.ts';

/** Dates that many rows share describe a campaign, not a stream: "later" then means only the last few dates. */
const FEWEST_TIMES_PER_ROW = 0.3;
const FEWEST_TIMES = 50;
/** History shorter than this shows no season and no trend that could be told from noise. */
export const FEWEST_FORECAST_TIMES = 100;
/** A series is followed over time; pairs of a date and a name that occur once or twice are no series. */
const FEWEST_PER_SERIES = 20;
/** A series may pause, on weekends or while nobody measured; times of mere events hardly ever keep one step. */
const REGULAR_STEPS = 0.7;
const SECONDS_PER_DAY = 86400;

export interface TimeColumn {
  readonly column: string;
  readonly format: string;
}

/** The time column along which rows happen, or null when dates are a mere property of the rows. */
export function eventTime(table: TableProfile, judgement: TableJudgement): TimeColumn | null {
  const found = timeOf(table, judgement);
  if (found === null) return null;
  const { profile } = found;
  const times = profile.time?.distinct ?? 0;
  const panel = panelSeries(table, found.time.column, judgement) !== null;
  if (times < FEWEST_TIMES || profile.missing > 0) return null;
  return panel || times >= FEWEST_TIMES_PER_ROW * table.rows ? found.time : null;
}

/** The column that names the series of a panel, or null. Whose row it is, is known of every row. */
export function seriesName(table: TableProfile, judgement: TableJudgement): string | null {
  const found = timeOf(table, judgement);
  return found === null ? null : panelSeries(table, found.time.column, judgement);
}

export interface Series {
  readonly time: TimeColumn;
  readonly stepDays: number;
  readonly times: number;
  readonly series: readonly string[];
}

/** A regular series (or several of them side by side): times mostly at one step, one row per time and series. */
export function regularSeries(table: TableProfile, judgement: TableJudgement): Series | null {
  const found = timeOf(table, judgement);
  const time = found?.profile.time;
  if (!found || !time || found.profile.missing > 0 || !time.medianStepSeconds) return null;
  if (time.regularSteps < REGULAR_STEPS || time.distinct < FEWEST_TIMES) return null;
  const stepDays = time.medianStepSeconds / SECONDS_PER_DAY;
  if (time.distinct === table.rows) return { time: found.time, stepDays, times: time.distinct, series: [] };
  const key = panelSeries(table, found.time.column, judgement);
  return key === null ? null : { time: found.time, stepDays, times: time.distinct, series: [key] };
}

function timeOf(table: TableProfile, judgement: TableJudgement) {
  const name = judgement.timeColumn;
  const profile = table.columns.find((column) => column.name === name);
  if (name === null || !profile?.time) return null;
  return { profile, time: { column: name, format: profile.time.format } };
}

/** The column that with the time makes a key: the name of the series. */
function panelSeries(table: TableProfile, time: string, judgement: TableJudgement): string | null {
  const roles = new Map(judgement.columns.map((column) => [column.column, column.role]));
  for (const key of table.keys) {
    const other = key.length === 2 && key.includes(time) ? key.find((column) => column !== time) : undefined;
    const role = other === undefined ? undefined : roles.get(other);
    const members = table.columns.find((column) => column.name === other)?.distinct ?? table.rows;
    if (table.rows < members * FEWEST_PER_SERIES) continue;
    if (other !== undefined && (role === 'category' || role === 'group' || role === 'identifier')) return other;
  }
  return null;
}

/** Days between consecutive moments of an idea's time column; a day where that is unknown. */
export function stepDaysOf(idea: TableIdea): number {
  const profile = idea.columns.find((column) => column.name === idea.time?.column)?.profile;
  return (profile?.time?.medianStepSeconds ?? SECONDS_PER_DAY) / SECONDS_PER_DAY;
}
