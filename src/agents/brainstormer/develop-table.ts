// From table ideas to measured drafts: screen for leaks, choose classes and metric, measure, judge.
import type { Formulation } from '../../blueprints/formulation.ts';
import type { AgentContext } from '../contracts.ts';
import { type Dropped, type Excluded, type IdeaFeature, ideaName, type Split, type TableIdea } from './idea.ts';
import { stepDaysOf } from './ideas/time-column.ts';
import { candidateArgs, type ProbeCandidate, probe, splitArgs } from './measure.ts';
import { combined } from './multi-output.ts';
import { type Measured, type Screened, screenResult, signalResult } from './probe-results.ts';
import { chooseClasses } from './rules/classes.ts';
import { leaksOf, spellingEvidence } from './rules/leaks.ts';
import { classMetrics, type MetricChoice, multiOutputMetrics, numberMetrics } from './rules/metric.ts';
import { chooseSplit, randomSplit } from './rules/split.ts';
import { FEWEST_TEST_ROWS } from './rules/test-size.ts';
import { type Verdict, verdictOf } from './rules/verdict.ts';

/** An idea after screening: what will be measured. */
export interface TableDraft {
  readonly idea: TableIdea;
  readonly features: readonly IdeaFeature[];
  readonly excluded: readonly Excluded[];
  readonly split: Split;
  readonly classes: readonly { readonly label: string; readonly count: number }[] | null;
  readonly droppedClasses: Formulation['rows']['droppedClasses'];
  readonly dropDuplicates: boolean;
  readonly metrics: readonly MetricChoice[];
  readonly screened: Screened;
  readonly spelling: readonly string[];
  readonly rows: number;
}

export interface JudgedTable {
  readonly draft: TableDraft;
  readonly measured: Measured;
  readonly verdict: Extract<Verdict, { kind: 'task' }>;
}

export interface Developed<Task> {
  readonly tasks: readonly Task[];
  readonly dropped: readonly Dropped[];
}

/** Develops all table ideas of a dataset. Each ends as a judged task or is dropped with its measured reason. */
export async function developTables(
  ideas: readonly TableIdea[],
  dataset: string,
  seed: number,
  context: AgentContext,
): Promise<Developed<JudgedTable>> {
  const dropped: Dropped[] = [];
  const plans = ideas.map((idea) => ({ idea, split: chooseSplit(idea, seed) }));
  const requests = plans.flatMap(({ idea, split }, at) =>
    idea.targets.map((target) => ({
      ...candidateArgs(candidate(idea, testFeatures(idea.features), target, `${at}`, null)),
      inspect: [...idea.inspect],
      split: splitArgs({ name: 'proposed', split, stepDays: null }),
    })),
  );
  const screens = await probe('probes.signal_screen', requests, screenResult, dataset, seed, context);
  const drafts = plans.flatMap(({ idea, split }, at) => {
    const drafted = draftOf(
      idea,
      split,
      screens.filter((screen) => screen.id === `${at}`),
    );
    if ('code' in drafted) dropped.push(drafted);
    return 'code' in drafted ? [] : [drafted];
  });
  const first = await measure(drafts, dataset, seed, context);
  const retries: TableDraft[] = [];
  const tasks: JudgedTable[] = [];
  first.forEach(({ draft, measured, verdict }) => {
    if (verdict.kind === 'task') tasks.push({ draft, measured, verdict });
    else if (verdict.kind === 'look-up' && draft.features.length > 2) retries.push(withoutFeature(draft, verdict));
    else dropped.push(dropOf(draft.idea, verdict));
  });
  for (const { draft, measured, verdict } of await measure(retries, dataset, seed, context)) {
    if (verdict.kind === 'task') tasks.push({ draft, measured, verdict });
    else dropped.push(dropOf(draft.idea, verdict));
  }
  return { tasks, dropped };
}

async function measure(drafts: readonly TableDraft[], dataset: string, seed: number, context: AgentContext) {
  const requests = drafts.flatMap((draft, at) =>
    draft.idea.targets.map((target) => signalArgs(draft, target, `${at}`)),
  );
  const results = await probe('probes.signal', requests, signalResult, dataset, seed, context);
  return drafts.map((draft, at) => {
    const measured = combined(results.filter((result) => result.id === `${at}`));
    return { draft, measured, verdict: verdictOf(measured, draft.metrics) };
  });
}

function signalArgs(draft: TableDraft, target: string, id: string) {
  const { idea, split } = draft;
  const stepDays = idea.family === 'forecasting' ? stepDaysOf(idea) : null;
  const proposed = splitArgs({ name: 'proposed', split, stepDays });
  const differs = split.kind === 'time' || split.together.key !== 'none';
  const random = splitArgs({ name: 'random', split: randomSplit(split), stepDays: null });
  const classes = draft.classes?.map((item) => item.label) ?? null;
  return {
    ...candidateArgs(candidate(idea, testFeatures(draft.features), target, id, classes)),
    metrics: draft.metrics.map((metric) => metric.name),
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

function draftOf(idea: TableIdea, split: Split, screens: readonly Screened[]): TableDraft | Dropped {
  const name = ideaName(idea);
  const screened = screens[0];
  if (screened === undefined || testFeatures(idea.features).length === 0) {
    return { idea: name, code: 'NO_FEATURES', reason: 'No column is left that a competitor could predict from.' };
  }
  const rows = Math.min(...screens.map((screen) => screen.rows));
  if (Math.round(rows * split.testFraction) < FEWEST_TEST_ROWS) {
    return {
      idea: name,
      code: 'TOO_FEW_ROWS',
      reason: `${rows} rows have a target; a test part of ${Math.round(rows * split.testFraction)} rows ranks nobody (at least ${FEWEST_TEST_ROWS} are needed).`,
    };
  }
  const isClass = isClassTask(idea);
  const leaks = screens.flatMap((screen, at) => leaksOf(screen, idea.targets[at] ?? '', isClass));
  const leaking = new Set(leaks.map((leak) => leak.column));
  const features = idea.features.filter((feature) => feature.historyOnly || !leaking.has(feature.name));
  if (testFeatures(features).length === 0) {
    return {
      idea: name,
      code: 'TARGET_GIVEN_AWAY',
      reason: leaks.map((leak) => `\`${leak.column}\` ${leak.reason}`).join('; '),
    };
  }
  const classes = isClass
    ? chooseClasses(orderedCounts(idea, screened), screened.support, split.testFraction, false)
    : null;
  if (classes?.kind === 'declined') return { idea: name, code: classes.code, reason: classes.reason };
  const objective = classes?.classes.length === 2 && idea.levels === null ? 'binary-classification' : idea.objective;
  const excluded = leaks.filter((leak, at) => leaks.findIndex((other) => other.column === leak.column) === at);
  return {
    idea: { ...idea, objective },
    features,
    excluded: [...idea.excluded, ...excluded.filter((leak) => idea.features.some((f) => f.name === leak.column))],
    split: keepTextTogether(split, features, screened),
    classes: classes?.classes ?? null,
    droppedClasses: classes?.dropped ?? [],
    dropDuplicates: hasTrueDuplicates(idea, screened),
    metrics: metricsOf({ ...idea, objective }, classes?.classes ?? null),
    screened,
    spelling: screens.flatMap((screen, at) => spellingEvidence(screen, idea.targets[at] ?? '', isClass)),
    rows,
  };
}

function metricsOf(idea: TableIdea, classes: TableDraft['classes']): readonly MetricChoice[] {
  if (classes !== null) return classMetrics(idea.objective, classes, false);
  const numerics = idea.targets.map((target) => idea.columns.find((column) => column.name === target)?.profile.numeric);
  if (idea.targets.length > 1) return multiOutputMetrics(numerics.map((numeric) => numeric?.sd ?? 0));
  return numberMetrics(idea.objective, numerics[0] ?? null, idea.table.rows);
}

/** Ordinal levels in their order, other classes by name. */
function orderedCounts(idea: TableIdea, screened: Screened) {
  const counts = screened.classes ?? [];
  const { levels } = idea;
  return levels === null ? counts : counts.toSorted((a, b) => levels.indexOf(a.label) - levels.indexOf(b.label));
}

/** Texts that differ in case or punctuation only are one text: they stay on one side. */
function keepTextTogether(split: Split, features: readonly IdeaFeature[], screened: Screened): Split {
  const texts = features.filter((feature) => feature.kind === 'text');
  const repeated = screened.duplicates?.normalized ?? 0;
  const free = split.together.key === 'none' && (split.kind === 'stratified' || split.kind === 'random');
  const text = texts[0];
  if (!free || text === undefined || texts.length !== 1 || repeated === 0) return split;
  return {
    ...split,
    kind: 'group',
    together: { key: 'normalized-text', column: text.name },
    reason: `${repeated} rows repeat the text of another, some with other case or punctuation. Equal texts stay on one side, or test rows could be looked up in train.`,
  };
}

/** Rows equal in free text, or in every column of a table with fine-grained numbers, are copies rather than coincidences. */
function hasTrueDuplicates(idea: TableIdea, screened: Screened): boolean {
  if ((screened.duplicates?.exact ?? 0) === 0 || idea.time !== null) return false;
  const text = idea.features.some((feature) => feature.kind === 'text');
  const fine = idea.columns.some((column) => column.profile.kind === 'number' && column.profile.distinct > 50);
  return text || (fine && idea.table.duplicateRows > 0);
}

function withoutFeature(draft: TableDraft, verdict: Extract<Verdict, { kind: 'look-up' }>): TableDraft {
  return {
    ...draft,
    features: draft.features.filter((feature) => feature.name !== verdict.feature),
    excluded: [...draft.excluded, { column: verdict.feature, reason: verdict.reason }],
  };
}

function dropOf(idea: TableIdea, verdict: Exclude<Verdict, { kind: 'task' }>): Dropped {
  return { idea: ideaName(idea), code: verdict.kind === 'drop' ? verdict.code : 'LOOK_UP', reason: verdict.reason };
}

/** Features that a competitor has for the test rows. */
function testFeatures(features: readonly IdeaFeature[]): readonly IdeaFeature[] {
  return features.filter((feature) => !feature.historyOnly);
}

function isClassTask(idea: TableIdea): boolean {
  return idea.objective.endsWith('classification') || idea.objective === 'ordinal-regression';
}
