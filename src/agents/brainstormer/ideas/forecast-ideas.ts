// The future of a regular series, from its history and the calendar alone.
import { tableColumns } from '../base-columns.ts';
import { featureView } from '../feature-view.ts';
import type { IdeaFeature, TableIdea } from '../idea.ts';
import { columnDescription } from '../words/describe.ts';
import { columnDefinitions } from '../words/dictionary.ts';
import type { TableView } from './table-ideas.ts';
import { tableIdea } from './table-ideas.ts';
import { FEWEST_FORECAST_TIMES, regularSeries } from './time-column.ts';

const IDEAS = 3;
/** Of a regular series people ask first how it goes on. */
const FORECAST_BONUS = 0.15;

/** Forecasts of the most appealing numbers; columns of the same moment are history only. */
export function forecastIdeas(view: TableView): readonly TableIdea[] {
  const series = regularSeries(view.table, view.judgement);
  if (series === null || series.times < FEWEST_FORECAST_TIMES) return [];
  const columns = tableColumns(view.table, view.judgement);
  const definitions = columnDefinitions(
    view.profile.documents,
    columns.map((column) => column.name),
  );
  const numbers = view.judgement.targets.filter((target) => target.objective === 'regression');
  return numbers
    .toSorted((a, b) => b.appeal - a.appeal)
    .slice(0, IDEAS)
    .map((target) => {
      const shown = featureView({
        columns: columns.filter((column) => !series.series.includes(column.name)),
        targets: [target.column],
        aliases: view.table.aliases,
        describe: (column) => columnDescription(column, definitions),
      });
      const names = columns.filter((column) => series.series.includes(column.name));
      const keys: IdeaFeature[] = names.map((column) => ({
        name: column.name,
        kind: 'category',
        description: `Name of the series; ${columnDescription(column, definitions)}`,
        historyOnly: false,
        format: null,
      }));
      const features = [
        ...keys,
        ...shown.features.map((feature) => ({ ...feature, historyOnly: feature.name !== series.time.column })),
      ];
      return {
        ...tableIdea(view, columns, target),
        family: 'forecasting',
        appeal: Math.min(1, target.appeal + FORECAST_BONUS),
        modality: 'time-series',
        objective: 'forecasting',
        features,
        excluded: shown.excluded,
        inspect: [],
        groups: [],
        coordinates: null,
        time: series.time,
        series: series.series,
      } satisfies TableIdea;
    });
}
