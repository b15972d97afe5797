// From table ideas to judged tasks: screen for leaks, draft, measure, judge; a look-up gets another chance.
import type { AgentContext } from '../contracts.ts';
import { rarestLast } from './compose.ts';
import { draftOf, isClassTask, type TableDraft, testFeatures } from './draft-table.ts';
import { type Dropped, type IdeaFeature, ideaName, type TableIdea } from './idea.ts';
import { stepDaysOf } from './ideas/time-column.ts';
import { candidateArgs, type ProbeCandidate, probe, splitArgs } from './measure.ts';
import { combined } from './multi-output.ts';
import { type Measured, screenResult, signalResult } from './probe-results.ts';
import type { MetricChoice } from './rules/metric.ts';
import { chooseSplit, randomSplit } from './rules/split.ts';
import { type Verdict, verdictOf } from './rules/verdict.ts';

export interface JudgedTable {
  readonly draft: TableDraft;
  readonly measured: Measured;
  readonly verdict: Extract<Verdict, { kind: 'task' }>;
}

export interface Developed<Task> {
  readonly tasks: readonly Task[];
  readonly dropped: readonly Dropped[];
}

/** A draft under the metrics to try now. */
interface Attempt {
  readonly draft: TableDraft;
  readonly metrics: readonly MetricChoice[];
  /** A feature was taken away already: the last chance. */
  readonly last: boolean;
}

/** With fewer features left a task without its best one is no task. */
const FEWEST_FEATURES = 3;

/** Develops all table ideas of a dataset. Each ends as a judged task or is dropped with its measured reason. */
export async function developTables(
  ideas: readonly TableIdea[],
  dataset: string,
  seed: number,
  context: AgentContext,
): Promise<Developed<JudgedTable>> {
  const dropped: Dropped[] = [];
  const tasks: JudgedTable[] = [];
  const drafts = await screen(ideas, dataset, seed, context);
  dropped.push(...drafts.flatMap((draft) => ('code' in draft ? [draft] : [])));
  let round: readonly Attempt[] = drafts.flatMap((draft) =>
    'code' in draft ? [] : [{ draft, metrics: draft.metrics.slice(0, 1), last: false }],
  );
  while (round.length > 0) {
    const next: Attempt[] = [];
    for (const { attempt, measured, verdict } of await measure(round, dataset, seed, context)) {
      const { draft } = attempt;
      const again = verdict.kind === 'look-up' ? nextAttempt(attempt, verdict) : null;
      if (verdict.kind === 'task') tasks.push({ draft, measured, verdict });
      else if (again !== null) next.push(again);
      else dropped.push(dropOf(draft.idea, verdict));
    }
    round = next;
  }
  return { tasks, dropped };
}

async function screen(ideas: readonly TableIdea[], dataset: string, seed: number, context: AgentContext) {
  const plans = ideas.map((idea) => ({ idea, split: chooseSplit(idea, seed) }));
  const requests = plans.flatMap(({ idea, split }, at) =>
    idea.targets.map((target) => ({
      ...candidateArgs(candidate(idea, testFeatures(idea.features), target, `${at}`, null)),
      inspect: [...idea.inspect],
      split: splitArgs({ name: 'proposed', split, stepDays: null }),
    })),
  );
  const screens = await probe('probes.signal_screen', requests, screenResult, dataset, seed, context);
  return plans.map(({ idea, split }, at) =>
    draftOf(
      idea,
      split,
      screens.filter((item) => item.id === `${at}`),
    ),
  );
}

/** A look-up is tried under other metrics, then once more without the feature that makes it one. */
function nextAttempt(attempt: Attempt, verdict: Extract<Verdict, { kind: 'look-up' }>): Attempt | null {
  const { draft, metrics, last } = attempt;
  const others = draft.metrics.slice(1);
  if (metrics[0] === draft.metrics[0] && others.length > 0) return { draft, metrics: others, last };
  if (last || testFeatures(draft.features).length <= FEWEST_FEATURES) return null;
  const features = draft.features.filter((feature) => feature.name !== verdict.feature);
  const excluded = [...draft.excluded, { column: verdict.feature, reason: verdict.reason }];
  return { draft: { ...draft, features, excluded }, metrics: draft.metrics.slice(0, 1), last: true };
}

async function measure(attempts: readonly Attempt[], dataset: string, seed: number, context: AgentContext) {
  const requests = attempts.flatMap((attempt, at) =>
    attempt.draft.idea.targets.map((target) => signalArgs(attempt, target, `${at}`)),
  );
  const results = await probe('probes.signal', requests, signalResult, dataset, seed, context);
  return attempts.map((attempt, at) => {
    const measured = combined(results.filter((result) => result.id === `${at}`));
    return { attempt, measured, verdict: verdictOf(measured, attempt.metrics) };
  });
}

function signalArgs({ draft, metrics }: Attempt, target: string, id: string) {
  const { idea, split } = draft;
  const stepDays = idea.family === 'forecasting' ? stepDaysOf(idea) : null;
  const proposed = splitArgs({ name: 'proposed', split, stepDays });
  const differs = split.kind === 'time' || split.together.key !== 'none';
  const random = splitArgs({ name: 'random', split: randomSplit(split), stepDays: null });
  const classes = draft.classes === null ? null : rarestLast(draft.classes);
  return {
    ...candidateArgs(candidate(idea, testFeatures(draft.features), target, id, classes)),
    metrics: metrics.map((metric) => metric.name),
    dropDuplicates: draft.dropDuplicates,
    splits: differs && idea.family !== 'forecasting' ? [proposed, random] : [proposed],
  };
}

function candidate(
  idea: TableIdea,
  features: readonly IdeaFeature[],
  target: string,
  id: string,
  classes: readonly string[] | null,
): ProbeCandidate {
  const isClass = isClassTask(idea);
  return { id, source: idea.source, target, objective: isClass ? 'class' : 'number', classes, features };
}

function dropOf(idea: TableIdea, verdict: Exclude<Verdict, { kind: 'task' }>): Dropped {
  return { idea: ideaName(idea), code: verdict.kind === 'drop' ? verdict.code : 'LOOK_UP', reason: verdict.reason };
}
