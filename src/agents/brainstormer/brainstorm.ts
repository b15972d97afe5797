// The built-in Brainstormer: looks at a dataset from every family of tasks, measures, and proposes what holds.
import { type Formulation, formulationSchema } from '../../blueprints/formulation.ts';
import { throwIfCancelled } from '../../task/errors.ts';
import type { Brainstormer, BrainstormInput, BrainstormOutput } from '../contracts.ts';
import { composeMedia } from './compose-media.ts';
import { composeTable } from './compose-table.ts';
import { developMedia, type JudgedMedia } from './develop-media.ts';
import { developTables, type JudgedTable } from './develop-table.ts';
import type { Dropped, TableIdea } from './idea.ts';
import { forecastIdeas } from './ideas/forecast-ideas.ts';
import { mediaIdeas } from './ideas/media-ideas.ts';
import { multiOutputIdeas } from './ideas/multi-output-ideas.ts';
import { relationalIdeas } from './ideas/relational-ideas.ts';
import { tableIdeas } from './ideas/table-ideas.ts';
import { textIdeas } from './ideas/text-ideas.ts';
import { type Ranked, ranked } from './rank.ts';
import { refusalOf } from './refusal.ts';
import { stabilityOf } from './rules/verdict.ts';
import { DULL_TASKS, passedOver, sortByAppeal } from './rules/worth-asking.ts';

/** Each idea costs about a second of measurement; the most appealing ones are enough to choose from. */
const MOST_IDEAS = 12;

/**
 * Proposes at most `limit` formulations, best first, each with measured evidence; says of every other idea why it was
 * dropped. Deterministic: equal input gives equal output.
 * @throws ForgeError when the dataset cannot be measured, or on cancellation.
 */
export const builtinBrainstormer: Brainstormer<Formulation> = async (input, context) => {
  const { asked, spare } = sortByAppeal(allTableIdeas(input));
  const media = mediaIdeas(input.profile);
  context.log.write('debug', `${asked.length + media.length} ideas, ${spare.length} in reserve`);
  throwIfCancelled(context.signal);
  const develop = (ideas: readonly TableIdea[]) =>
    developTables(ideas.slice(0, MOST_IDEAS), input.dataset, input.seed, context);
  const fromTables = await develop(asked);
  throwIfCancelled(context.signal);
  const fromMedia = await developMedia(media, input.dataset, input.seed, context);
  const tasks = [
    ...fromTables.tasks.map((task) => rankedTable(task, input)),
    ...fromMedia.tasks.map((task) => rankedMedia(task, input)),
  ];
  const dropped: Dropped[] = [...fromTables.dropped, ...fromMedia.dropped];
  let limit = input.limit;
  if (tasks.length > 0) dropped.push(...passedOver(spare));
  else {
    const fallback = await develop(spare);
    tasks.push(...fallback.tasks.map((task) => rankedTable(task, input)));
    dropped.push(...fallback.dropped);
    limit = Math.min(limit, DULL_TASKS);
  }
  const formulations = ranked(tasks, limit).map((formulation) => formulationSchema.parse(formulation));
  return {
    formulations,
    dropped,
    refused: formulations.length > 0 ? null : refusalOf(input, dropped),
  } satisfies BrainstormOutput<Formulation>;
};

function rankedTable(task: JudgedTable, input: BrainstormInput): Ranked {
  return {
    formulation: composeTable(task, input.profile),
    appeal: task.draft.idea.appeal,
    covered: task.verdict.covered,
    testRows: task.measured.splits[0]?.test ?? 0,
    stability: stabilityOf(task.measured.splits[1], task.verdict),
  };
}

function rankedMedia(task: JudgedMedia, input: BrainstormInput): Ranked {
  return {
    formulation: composeMedia(task, input.profile),
    appeal: task.draft.idea.appeal,
    covered: task.verdict.covered,
    testRows: Math.round(task.measured.rows * task.draft.split.testFraction),
    stability: 1,
  };
}

function allTableIdeas(input: BrainstormInput): readonly TableIdea[] {
  const { profile, judgements } = input;
  const views = profile.tables
    .filter((table) => table.part === null || table.part === 'train')
    .flatMap((table) => {
      const judgement = judgements.find((item) => item.table === table.id);
      return judgement === undefined ? [] : [{ profile, table, judgement }];
    });
  const related = new Set(profile.relations.map((relation) => relation.from.table));
  const single = views.filter((view) => !related.has(view.table.id));
  return [
    ...single.flatMap((view) => [
      ...tableIdeas(view),
      ...textIdeas(view),
      ...multiOutputIdeas(view),
      ...forecastIdeas(view),
    ]),
    ...relationalIdeas(profile, judgements),
  ];
}
