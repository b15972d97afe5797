// The future of one or several series.
import { assemble } from '../assemble.ts';
import type { Blueprint } from '../blueprint.ts';
import { code, listed } from '../description/markdown.ts';
import type { Formulation } from '../formulation.ts';
import { tableNotes } from '../tabular/table-notes.ts';

export const forecasting: Blueprint = {
  name: 'forecasting',
  applies: ({ source, objective, split }) =>
    source.kind === 'table' && objective === 'forecasting' && split.kind === 'time' && split.time !== null,
  build: (formulation, dataset) =>
    assemble(formulation, dataset, {
      files: [],
      about: [axisNote(formulation), ...tableNotes(formulation, dataset)],
    }),
};

function axisNote({ split, features }: Formulation): string {
  const time = code(split.time?.column ?? '');
  const series =
    split.series.length === 0
      ? `There is one series, with one row per ${time}.`
      : `${listed(split.series.map(code))} ${split.series.length === 1 ? 'names' : 'name'} the series; each has one row per ${time}.`;
  const known = features.kept.filter((feature) => !feature.historyOnly && feature.name !== split.time?.column);
  const ahead = known.map((feature) => feature.name).filter((name) => !split.series.includes(name));
  const given = ahead.length === 0 ? '' : ` Known ahead of time: ${listed(ahead.map(code))}.`;
  return `${series} Rows stand in random order: sort them by ${time} first.${given}`;
}
