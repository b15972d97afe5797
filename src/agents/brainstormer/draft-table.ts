// From a screened idea to a draft: leaks out, classes and metrics chosen, the split completed.
import type { Formulation } from '../../blueprints/formulation.ts';
import { type Dropped, type Excluded, type IdeaFeature, ideaName, type Split, type TableIdea } from './idea.ts';
import type { Screened } from './probe-results.ts';
import { chooseClasses } from './rules/classes.ts';
import { leaksOf, withSpelling } from './rules/leaks.ts';
import { classMetrics, type MetricChoice, multiOutputMetrics, numberMetrics } from './rules/metric.ts';
import { FEWEST_TEST_ROWS } from './rules/test-size.ts';

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
  readonly rows: number;
}

/** The draft of an idea whose targets were screened (one screening per target, in order), or why there is none. */
export function draftOf(idea: TableIdea, split: Split, screens: readonly Screened[]): TableDraft | Dropped {
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
  if (screens.some((screen) => screen.counter)) {
    return { idea: name, code: 'NOTHING_TO_PREDICT', reason: 'The target numbers the rows one after the other.' };
  }
  const isClass = isClassTask(idea);
  const times = new Set(idea.features.flatMap((feature) => (feature.kind === 'datetime' ? [feature.name] : [])));
  const leaks = withSiblings(
    idea,
    screens.flatMap((screen, at) => leaksOf(screen, idea.targets[at] ?? '', isClass, times)),
  );
  const leaking = new Set(leaks.map((leak) => leak.column));
  const features = idea.features.filter((feature) => feature.historyOnly || !leaking.has(feature.name));
  if (testFeatures(features).length === 0) {
    return {
      idea: name,
      code: 'TARGET_GIVEN_AWAY',
      reason: leaks.map((leak) => leak.reason).join('; '),
    };
  }
  const classes = isClass
    ? chooseClasses(orderedCounts(idea, screened), screened.support, split.testFraction, false)
    : null;
  if (classes?.kind === 'declined') return { idea: name, code: classes.code, reason: classes.reason };
  const objective = classes === null ? idea.objective : classObjective(idea, classes.classes.length);
  const excluded = leaks.filter((leak, at) => leaks.findIndex((other) => other.column === leak.column) === at);
  return {
    idea: { ...idea, objective },
    features,
    excluded: screens.reduce<readonly Excluded[]>(
      (items, screen, at) => withSpelling(items, screen, idea.targets[at] ?? '', isClass),
      [...idea.excluded, ...excluded.filter((leak) => idea.features.some((f) => f.name === leak.column))],
    ),
    split: keepTextTogether(split, features, screened),
    classes: classes?.classes ?? null,
    droppedClasses: classes?.dropped ?? [],
    dropDuplicates: hasTrueDuplicates(idea, screened),
    metrics: metricsOf({ ...idea, objective }, classes?.classes ?? null),
    screened,
    rows,
  };
}

function metricsOf(idea: TableIdea, classes: TableDraft['classes']): readonly MetricChoice[] {
  if (classes !== null) return classMetrics(idea.objective, classes, false);
  const numerics = idea.targets.map((target) => idea.columns.find((column) => column.name === target)?.profile.numeric);
  if (idea.targets.length > 1) return multiOutputMetrics(numerics.map((numeric) => numeric?.sd ?? 0));
  return numberMetrics(idea.objective, numerics[0] ?? null, idea.table.rows);
}

/** When one aggregate of a child table gives the target away, the target is made of those rows: all their aggregates go. */
function withSiblings(idea: TableIdea, leaks: readonly Excluded[]): readonly Excluded[] {
  const siblings = idea.source.aggregates.flatMap((aggregate) => {
    const names = aggregate.outputs.map((output) => output.name);
    const leak = leaks.find((item) => names.includes(item.column));
    if (leak === undefined) return [];
    return names.map((column) => ({
      column,
      reason: `sums up the same rows as \`${leak.column}\`, which give the target away`,
    }));
  });
  return [...leaks, ...siblings];
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

/** Features that a competitor has for the test rows. */
export function testFeatures(features: readonly IdeaFeature[]): readonly IdeaFeature[] {
  return features.filter((feature) => !feature.historyOnly);
}

/** Two classes are a binary question, unless they are levels. */
function classObjective(idea: TableIdea, classes: number): TableIdea['objective'] {
  if (idea.objective === 'ordinal-regression' && idea.levels !== null && classes > 2) return idea.objective;
  return classes === 2 ? 'binary-classification' : 'multiclass-classification';
}

/** Whether the target is a class or an ordered level. */
export function isClassTask(idea: TableIdea): boolean {
  return idea.objective.endsWith('classification') || idea.objective === 'ordinal-regression';
}
