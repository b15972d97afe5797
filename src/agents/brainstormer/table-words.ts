// Title, summary and purpose of a table task, as a competition host would write them.

import { isMadeUp } from '../../dataset/made-up-names.ts';
import type { TableDraft } from './draft-table.ts';
import type { TableIdea } from './idea.ts';
import { testPartWords } from './rules/split.ts';
import { count } from './words/figures.ts';
import { entityWords, humanised, listed } from './words/names.ts';
import { quotedValue } from './words/plain-text.ts';
import { horizonWords, stepUnit } from './words/time-spans.ts';

/** So many inputs are named in a summary. */
const NAMED_INPUTS = 4;

/** The targets of an idea in words: `Genre_Name`, looked up, is the genre. */
export function targetWords(idea: TableIdea): string {
  return listed(idea.targets.map((target) => humanised(publicTarget(idea, target))));
}

/** The targets inside a sentence: a column without a name is the label, or the value. */
function askedFor(idea: TableIdea): string {
  return listed(
    idea.targets.map((target) => {
      const name = publicTarget(idea, target);
      return isMadeUp(target) && name !== target ? `the ${name}` : humanised(name);
    }),
  );
}

/** The name of a target in the public files. */
export function publicTarget(idea: TableIdea, target: string): string {
  const isNumber = idea.objective.includes('regression') || idea.objective === 'forecasting';
  if (isMadeUp(target)) return isAtAnEnd(idea, target) ? (isNumber ? 'value' : 'label') : target;
  const isLookup = idea.columns.find((column) => column.name === target)?.parent ?? null;
  const bare = isLookup === null ? target : target.replace(/[_ ](name|title|label|description)$/i, '');
  return bare === '' ? target : bare;
}

/** People put what they ask for last, or before a text; any other column without a name is told apart by its number. */
function isAtAnEnd(idea: TableIdea, target: string): boolean {
  const last = idea.columns.at(-1);
  return target === last?.name || (target === idea.columns[0]?.name && last?.judgement?.role === 'text');
}

/** A title as on a competition page. */
export function taskTitle(draft: TableDraft): string {
  const { idea, split } = draft;
  const words = askedFor(idea);
  const classes = draft.classes?.map((item) => quotedValue(item.label)) ?? [];
  const two = classes.length === 2 ? `: ${classes.join(' or ')}?` : '';
  const [group] = split.together.key === 'columns' ? split.together.columns : [];
  if (idea.family === 'forecasting') return `Forecast ${words} ${horizon(draft)} ahead`;
  if (idea.family === 'multi-output') return `Predict ${words} at once`;
  if (idea.family === 'text') return `Read ${words} from the text${two}`;
  if (split.kind === 'time') return `Predict ${words} of later ${stepWords(idea)}${two}`;
  if (split.together.key === 'grid') return `Predict ${words} in places never seen${two}`;
  if (group !== undefined) return `Predict ${words} for an unseen ${entityWords(group)}${two}`;
  return `Predict ${words}${two}`;
}

/** One or two sentences: what is predicted from what, what the test part is, how it is scored. */
export function taskSummary(draft: TableDraft, metric: string): string {
  const { idea } = draft;
  const words = askedFor(idea);
  if (idea.family === 'forecasting') {
    const several = idea.series.length > 0 ? ` of each ${listed(idea.series.map(entityWords))}` : '';
    return `Forecast ${words}${several} ${horizon(draft)} ahead from its own past and the calendar; what else was measured is known for the past only. Scored by ${metric}.`;
  }
  const inputs = draft.features.filter((feature) => !feature.historyOnly);
  const named = inputs.map((feature) =>
    isMadeUp(feature.name) && feature.kind === 'text' ? 'the text' : humanised(feature.name),
  );
  if (named.length > NAMED_INPUTS && inputs.every((feature) => isMadeUp(feature.name)))
    named.splice(0, named.length, `${count(inputs.length)} columns without names`);
  const shown = named.slice(0, NAMED_INPUTS);
  const more = named.length > shown.length ? [...shown, `${named.length - shown.length} more`] : shown;
  return `Predict ${words}${classWords(draft)} from ${listed(more)}. Test rows are ${testPartWords(draft.split)}; scored by ${metric}.`;
}

function classWords(draft: TableDraft): string {
  const classes = draft.classes?.map((item) => quotedValue(item.label)) ?? [];
  // More classes are listed under Evaluation, as they are after repairs.
  return classes.length === 2 ? ` (${classes.join(' or ')})` : '';
}

/** Who would want this predicted. */
export function taskPurpose(draft: TableDraft): string {
  const { idea } = draft;
  const words = askedFor(idea);
  const left = draft.excluded.length;
  const columns =
    left === 1
      ? '1 column that would give it away, identifies rows or means nothing is'
      : `${left} columns that would give it away, identify rows or mean nothing are`;
  const clean = left > 0 ? ` ${columns} left out.` : '';
  const uses: Readonly<Record<TableIdea['family'], string>> = {
    table: `Useful to whoever must know ${words} before it can be measured.`,
    'multi-output': `One model for measurements that belong together: ${words}.`,
    text: `Useful to whoever must sort or rate texts by ${words} without reading them all.`,
    'time-ordered': `A model of ${words} that is used tomorrow must be tested on what came after its training.`,
    forecasting: `Planning needs ${words} ahead of time, when nothing but the past is known.`,
    relational: `Fills in ${words} for new entries of the database from what the tables say of them.`,
    geospatial: `Maps ${words} where nobody has measured it.`,
  };
  return `${uses[idea.family]}${clean}`;
}

/** How far a forecast reaches: the test part of the times. */
function horizon(draft: TableDraft): string {
  const time = draft.idea.columns.find((column) => column.name === draft.idea.time?.column)?.profile.time;
  const span = time ? (Date.parse(time.maximum) - Date.parse(time.minimum)) / 1000 : 0;
  return horizonWords(span * draft.split.testFraction, time?.medianStepSeconds ?? 0);
}

/** What follows in time: days, hours, …, or records where the step is none of these. */
function stepWords(idea: TableIdea): string {
  const profile = idea.columns.find((column) => column.name === idea.time?.column)?.profile;
  return stepUnit(profile?.time?.medianStepSeconds ?? 0)?.words ?? 'records';
}
