// The formulation of a judged table task, in the words of a competition host.
import type { Formulation } from '../../blueprints/formulation.ts';
import type { DatasetProfile } from '../../dataset/profile.ts';
import {
  asksProbability,
  cautionWords,
  difficultyWords,
  measuredEvidence,
  positiveClass,
  splitEffect,
} from './compose.ts';
import type { JudgedTable } from './develop-table.ts';
import type { TableDraft } from './draft-table.ts';
import type { TableIdea, TableTaskSource } from './idea.ts';
import type { Measured } from './probe-results.ts';
import { publicTarget, targetWords, taskPurpose, taskSummary, taskTitle } from './table-words.ts';
import { columnDescription } from './words/describe.ts';
import { columnDefinitions } from './words/dictionary.ts';
import { metricPhrase } from './words/metric-word.ts';
import { humanised, listed, slug } from './words/names.ts';

const suffixes: Readonly<Record<TableIdea['family'], string>> = {
  table: '',
  'multi-output': ' jointly',
  text: ' from text',
  'time-ordered': '',
  forecasting: ' forecast',
  relational: '',
  geospatial: '',
};

/** Writes the formulation; pure. */
export function composeTable(task: JudgedTable, profile: DatasetProfile): Formulation {
  const { draft, measured, verdict } = task;
  const { idea } = draft;
  const metric = verdict.metric;
  const test = measured.splits[0]?.test ?? 0;
  const positive =
    draft.classes !== null && asksProbability(metric.name) ? positiveClass(draft.classes, metric.name) : null;
  return {
    id: slug(`${profile.name} ${targetWords(idea)}${suffixes[idea.family]}`, 80),
    title: taskTitle(draft),
    summary: taskSummary(draft, metricPhrase(metric.name)),
    rationale: `${taskPurpose(draft)} ${difficultyWords(verdict.scores, verdict.covered)}${cautionWords(test)}`,
    modality: idea.modality,
    objective: idea.objective,
    metric: { ...metric },
    source: trimmed(draft),
    target: {
      columns: idea.targets.map((target) => targetColumn(draft, target, profile)),
      derivation: derivation(draft),
      transform: { kind: 'none' },
      classes: draft.classes?.map((item) => item.label) ?? null,
      positive,
    },
    features: {
      kept: draft.features.map(({ name, kind, description, historyOnly }) => ({
        name,
        kind,
        description,
        historyOnly,
      })),
      excluded: draft.excluded.map((item) => ({ ...item })),
    },
    rows: { raw: rawRows(idea, profile), droppedClasses: draft.droppedClasses, dropDuplicates: draft.dropDuplicates },
    split: {
      ...draft.split,
      testFraction: trueFraction(draft, measured),
      reason: draft.split.reason + splitEffect(measured, metric.name),
    },
    evidence: {
      ...measuredEvidence(measured, verdict.scores),
      family: idea.family,
      why: idea.why,
      rowsWithTarget: draft.rows,
      duplicates: draft.screened.duplicates === null ? null : { ...draft.screened.duplicates },
      rowOrder: draft.screened.order === null ? null : { ...draft.screened.order },
    },
  };
}

/** The files decide the size of an official test part. */
function trueFraction(draft: TableDraft, measured: Measured): number {
  const parts = measured.splits[0];
  if (draft.split.kind !== 'official' || parts === undefined) return draft.split.testFraction;
  return Math.round((1000 * parts.test) / (parts.train + parts.test)) / 1000;
}

function targetColumn({ idea, classes }: TableDraft, target: string, profile: DatasetProfile) {
  const column = idea.columns.find((item) => item.name === target);
  const definitions = columnDefinitions(profile.documents, [target]);
  const wanted = publicTarget(idea, target);
  const taken = idea.features.some((feature) => feature.name === wanted) || wanted.toLowerCase() === 'id';
  const description =
    column === undefined ? humanised(target) : columnDescription(column, definitions, classes === null);
  return { name: taken ? `${wanted}_target` : wanted, from: target, description };
}

function derivation(draft: TableDraft): string {
  const { idea } = draft;
  const names = listed(idea.targets.map((target) => `\`${target}\``));
  const lookup = idea.columns.find((column) => column.name === idea.targets[0])?.parent;
  const from = lookup ? `looked up in the table of ${lookup} rows` : `as in the raw table \`${idea.table.id}\``;
  const missing = draft.rows < idea.table.rows ? '; rows without a value are left out' : '';
  return `${names} ${from}${missing}.`;
}

function rawRows(idea: TableIdea, profile: DatasetProfile): number {
  if (idea.source.parts.length === 0) return Math.max(idea.table.rows, 1);
  const paths = new Set(idea.source.parts.map((part) => JSON.stringify(part.table)));
  const parts = profile.tables.filter((table) => paths.has(JSON.stringify(table.source)));
  return Math.max(
    1,
    parts.reduce((sum, table) => sum + table.rows, 0),
  );
}

/** The source without looked-up columns and aggregates that the task does not use. */
function trimmed(draft: TableDraft): TableTaskSource {
  const { source, targets } = draft.idea;
  const together = draft.split.together.key === 'columns' ? draft.split.together.columns : [];
  const used = new Set([...targets, ...together, ...draft.features.map((feature) => feature.name)]);
  const lookups = source.lookups.toReversed().flatMap((lookup) => {
    const columns = lookup.columns.filter((column) => used.has(lookup.prefix + column));
    if (columns.length > 0) used.add(lookup.from);
    return columns.length > 0 ? [{ ...lookup, columns }] : [];
  });
  const aggregates = source.aggregates.flatMap((aggregate) => {
    const outputs = aggregate.outputs.filter((output) => used.has(output.name));
    return outputs.length > 0 ? [{ ...aggregate, outputs }] : [];
  });
  return { ...source, lookups: lookups.toReversed(), aggregates };
}
