// The formulation of a judged table task, in the words of a competition host.
import type { Formulation } from '../../blueprints/formulation.ts';
import type { DatasetProfile } from '../../dataset/profile.ts';
import { metricDefinition } from '../../task/metrics.ts';
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
import type { TableIdea } from './idea.ts';
import { testPartWords } from './rules/split.ts';
import { columnDescription } from './words/describe.ts';
import { columnDefinitions } from './words/dictionary.ts';
import { capitalised, humanised, listed, slug } from './words/names.ts';
import { quotedValue } from './words/plain-text.ts';

/** So many inputs are named in a summary. */
const NAMED_INPUTS = 4;
const NAMED_CLASSES = 6;

const suffixes: Readonly<Record<TableIdea['family'], string>> = {
  table: '',
  'multi-output': ' jointly',
  text: ' from text',
  'time-ordered': ' later',
  forecasting: ' forecast',
  relational: '',
  geospatial: ' by place',
};

/** Writes the formulation; pure. */
export function composeTable(task: JudgedTable, profile: DatasetProfile): Formulation {
  const { draft, measured, verdict } = task;
  const { idea } = draft;
  const metric = verdict.metric;
  const test = measured.splits[0]?.test ?? 0;
  const positive = draft.classes !== null && asksProbability(metric.name) ? positiveClass(draft.classes) : null;
  return {
    id: slug(`${profile.name} ${targetWords(idea)}${suffixes[idea.family]}`, 80),
    title: title(draft),
    summary: summary(draft, metricDefinition(metric.name).label),
    rationale: `${worth(draft)} ${difficultyWords(verdict.scores, verdict.covered)}${cautionWords(test)}`,
    modality: idea.modality,
    objective: idea.objective,
    metric: { ...metric },
    source: idea.source,
    target: {
      columns: idea.targets.map((target) => targetColumn(idea, target, profile)),
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
    split: { ...draft.split, reason: draft.split.reason + splitEffect(measured, metric.name) },
    evidence: {
      ...measuredEvidence(measured, verdict.scores),
      family: idea.family,
      why: idea.why,
      rowsWithTarget: draft.rows,
      duplicates: draft.screened.duplicates === null ? null : { ...draft.screened.duplicates },
      rowOrder: draft.screened.order === null ? null : { ...draft.screened.order },
      spelling: [...draft.spelling],
    },
  };
}

function targetWords(idea: TableIdea): string {
  return idea.targets.map((target) => humanised(publicName(target))).join(' ');
}

/** A looked-up name stands for its parent: `Genre_Name` is the genre. */
function publicName(target: string): string {
  const bare = target.replace(/[_ ](name|title|label|description)$/i, '');
  return bare === '' ? target : bare;
}

function targetColumn(idea: TableIdea, target: string, profile: DatasetProfile) {
  const column = idea.columns.find((item) => item.name === target);
  const definitions = columnDefinitions(profile.documents, [target]);
  const isLookup = column?.parent !== null && column?.parent !== undefined;
  const wanted = isLookup ? publicName(target) : target;
  const taken = idea.features.some((feature) => feature.name === wanted) || wanted.toLowerCase() === 'id';
  const description = column === undefined ? humanised(target) : columnDescription(column, definitions);
  return { name: taken ? `${wanted}_target` : wanted, from: target, description };
}

function title(draft: TableDraft): string {
  const { idea } = draft;
  const words = listed(idea.targets.map((target) => humanised(publicName(target))));
  const classes = draft.classes?.map((item) => quotedValue(item.label)) ?? [];
  const two = classes.length === 2 ? `: ${classes.join(' or ')}?` : '';
  const [group] = draft.split.together.key === 'columns' ? draft.split.together.columns : [];
  switch (idea.family) {
    case 'forecasting':
      return `Forecast ${words} from its own past`;
    case 'geospatial':
      return draft.split.together.key === 'grid'
        ? `Predict ${words} in places never seen${two}`
        : `Predict ${words} on the map${two}`;
    case 'time-ordered':
      return `Predict ${words} for the time to come${two}`;
    case 'text':
      return `Read ${words} from the text${two}`;
    case 'multi-output':
      return `Predict ${words} at once`;
    case 'relational':
      return group === undefined
        ? capitalised(`predict ${words}${two}`)
        : `Predict ${words} for an unseen ${entityWords(group)}${two}`;
    default:
      return draft.features.every((feature) => feature.kind === 'text')
        ? `Read ${words} from the text${two}`
        : `Predict ${words}${two}`;
  }
}

/** `Album_ArtistId` names an artist: the last word that is not "id". */
function entityWords(key: string): string {
  const words = humanised(key.split('_').at(-1) ?? key)
    .split(' ')
    .filter((word) => !/^(id|key|code)$/i.test(word));
  return words.join(' ') || humanised(key);
}

function summary(draft: TableDraft, metric: string): string {
  const { idea } = draft;
  const inputs = draft.features.filter((feature) => !feature.historyOnly).map((feature) => humanised(feature.name));
  const shown = inputs.slice(0, NAMED_INPUTS);
  const more = inputs.length > shown.length ? [...shown, `${inputs.length - shown.length} more`] : shown;
  const words = listed(idea.targets.map((target) => humanised(publicName(target))));
  const classes = draft.classes?.map((item) => quotedValue(item.label)) ?? [];
  const kinds =
    classes.length === 0
      ? ''
      : classes.length <= NAMED_CLASSES
        ? ` (${classes.join(', ')})`
        : ` (${classes.length} classes)`;
  if (idea.family === 'forecasting') {
    return `Forecast ${words} for the last stretch of the series from its history and the calendar; columns of the same moment are in train only. Scored by ${metric}.`;
  }
  return `Predict ${words}${kinds} from ${listed(more)}. Test rows are ${testPartWords(draft.split)}; scored by ${metric}.`;
}

function worth(draft: TableDraft): string {
  const { idea } = draft;
  const words = listed(idea.targets.map((target) => humanised(publicName(target))));
  const left = draft.excluded.length;
  const clean = left > 0 ? ` ${left} columns that would give it away, identify rows or mean nothing are left out.` : '';
  const uses: Readonly<Record<TableIdea['family'], string>> = {
    table: `Useful to whoever must know ${words} before it can be measured.`,
    'multi-output': `One model for measurements that belong together: ${words}.`,
    text: `Useful to whoever must sort or rate texts by ${words} without reading them all.`,
    'time-ordered': `A model of ${words} that is used tomorrow must have been tested on days after its training.`,
    forecasting: `Planning needs ${words} ahead of time, when nothing but the past is known.`,
    relational: `Fills in ${words} for new entries of the database from what other tables say.`,
    geospatial: `Maps ${words} where nobody has measured it.`,
  };
  return `${uses[idea.family]}${clean}`;
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
