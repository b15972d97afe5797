// Single-table ideas: every appealing target with the columns that a competitor would have at prediction time.
import type { TableJudgement, TargetCandidate } from '../../../dataset/judgement.ts';
import type { DatasetProfile, TableProfile } from '../../../dataset/profile.ts';
import type { Modality } from '../../../task/objectives.ts';
import { plainSource, tableColumns } from '../base-columns.ts';
import { featureView } from '../feature-view.ts';
import type { IdeaColumn, TableIdea } from '../idea.ts';
import { columnDescription } from '../words/describe.ts';
import { columnDefinitions } from '../words/dictionary.ts';
import { humanised } from '../words/names.ts';
import { eventTime, FEWEST_FORECAST_TIMES, regularSeries, seriesName } from './time-column.ts';

/** Targets looked at per table: each costs about a second of measurement. */
const TARGETS = 5;
/** Names share a subject when words begin alike: housing and house. */
const STEM = 4;
const SUBJECT_BONUS = 0.1;
/** What comes later is the more natural question of the two. */
const ELSEWHERE = 0.95;

export interface TableView {
  readonly profile: DatasetProfile;
  readonly table: TableProfile;
  readonly judgement: TableJudgement;
}

/** One idea per appealing target; with coordinates a map question, with event times a question about later rows. */
export function tableIdeas(view: TableView): readonly TableIdea[] {
  const columns = tableColumns(view.table, view.judgement);
  const series = seriesName(view.table, view.judgement);
  const single = view.judgement.targets.filter(
    (target) => target.column !== series && !isListColumn(columns, target.column),
  );
  const ranked = single
    .map((target) => ({ ...target, appeal: target.appeal + subjectBonus(view, target.column) }))
    .toSorted((a, b) => b.appeal - a.appeal);
  const ideas = ranked.slice(0, TARGETS).map((target) => tableIdea(view, columns, target));
  return [...ideas, ...ideas.flatMap(elsewhere)].filter((idea) => !isForecast(view, idea));
}

/** Of a regular series, to predict from the moment alone is to forecast, which another family asks in its own terms. */
function isForecast(view: TableView, idea: TableIdea): boolean {
  const series = regularSeries(view.table, view.judgement);
  if (series === null || series.times < FEWEST_FORECAST_TIMES || !idea.objective.includes('regression')) return false;
  const known = new Set([series.time.column, ...series.series]);
  return idea.features.every((feature) => known.has(feature.name));
}

/** Rows with a time and a place ask two questions: what comes later, and what holds where nothing is known yet. */
function elsewhere(idea: TableIdea): readonly TableIdea[] {
  if (idea.time === null || idea.coordinates === null) return [];
  return [{ ...idea, family: 'geospatial', time: null, appeal: idea.appeal * ELSEWHERE }];
}

/** The idea of predicting one column from all others that may be used. */
export function tableIdea(view: TableView, columns: readonly IdeaColumn[], target: TargetCandidate): TableIdea {
  const definitions = columnDefinitions(
    view.profile.documents,
    columns.map((column) => column.name),
  );
  const shown = featureView({
    columns,
    targets: [target.column],
    aliases: view.table.aliases,
    describe: (column) => columnDescription(column, definitions),
  });
  const source = plainSource(view.table, view.profile, target.column);
  const time = source.parts.length > 0 ? null : eventTime(view.table, view.judgement);
  const coordinates = coordinatesOf(view.judgement, target.column);
  const modality = modalityOf(shown.features, coordinates !== null);
  const plain = coordinates !== null ? 'geospatial' : modality === 'text' ? 'text' : 'table';
  const family = time !== null ? 'time-ordered' : plain;
  return {
    kind: 'table',
    family,
    modality,
    objective: target.objective,
    table: view.table,
    source,
    columns,
    targets: [target.column],
    levels: target.objective === 'ordinal-regression' ? orderedLevels(columns, target.column) : null,
    appeal: target.appeal,
    why: target.reason,
    ...shown,
    groups: view.judgement.groups.filter((group) => group !== target.column),
    time,
    coordinates,
    series: [],
  };
}

/** What the dataset is called after is what people ask of it: by the very word, or by a name that says what of it. */
function subjectBonus(view: TableView, target: string): number {
  const words = (name: string) => humanised(name).toLowerCase().split(' ');
  const isLong = (word: string) => word.length >= STEM;
  const subject = [...words(view.profile.name), ...words(view.table.id.replace(/\.[a-z]+$/i, ''))];
  // A name of one word counts however short it is: people abbreviate what they ask for.
  const asked = words(target).length === 1 ? words(target) : words(target).filter(isLong);
  const isNamed = (word: string, other: string) =>
    asked.length === 1 ? word === other : isLong(word) && isLong(other) && word.slice(0, STEM) === other.slice(0, STEM);
  return asked.some((word) => subject.some((other) => isNamed(word, other))) ? SUBJECT_BONUS : 0;
}

/** Values such as `a,b,c` are sets of labels, not classes. */
function isListColumn(columns: readonly IdeaColumn[], name: string): boolean {
  const values = columns.find((column) => column.name === name)?.profile.top.map((level) => level.value) ?? [];
  const lists = values.filter((value) => /^[^\s,;|]*([,;|][^\s,;|]*)+$/.test(value));
  return values.length > 0 && lists.length > values.length / 2;
}

function coordinatesOf(judgement: TableJudgement, target: string): TableIdea['coordinates'] {
  const place = judgement.coordinates;
  return place === null || place.latitude === target || place.longitude === target ? null : place;
}

function modalityOf(features: TableIdea['features'], onMap: boolean): Modality {
  if (onMap) return 'geospatial';
  return features.length > 0 && features.every((feature) => feature.kind === 'text') ? 'text' : 'tabular';
}

/** Levels of an ordinal column: by number where they read as numbers, else as the file orders them by frequency. */
function orderedLevels(columns: readonly IdeaColumn[], name: string): readonly string[] | null {
  const profile = columns.find((column) => column.name === name)?.profile;
  if (profile === undefined || profile.distinct > profile.top.length) return null;
  const values = profile.top.map((level) => level.value);
  const numbers = values.every((value) => value.trim() !== '' && Number.isFinite(Number(value)));
  return numbers ? values.toSorted((a, b) => Number(a) - Number(b)) : null;
}
