// From labelled collections to measured tasks: classes, sessions in the file numbers, content against file attributes.

import type { Formulation } from '../../blueprints/formulation.ts';
import type { AgentContext } from '../contracts.ts';
import { rarestLast } from './compose.ts';
import type { Developed } from './develop-table.ts';
import { type Dropped, ideaName, type MediaIdea, type Split } from './idea.ts';
import { plainJson, probe, splitArgs } from './measure.ts';
import { type MediaMeasured, mediaResult } from './probe-results.ts';
import { chooseClasses } from './rules/classes.ts';
import { classMetrics, type MetricChoice } from './rules/metric.ts';
import { FEWEST_TEST_ROWS, testShare } from './rules/test-size.ts';
import { type Verdict, verdictOf } from './rules/verdict.ts';
import { count, percent } from './words/figures.ts';

/** First group: the last number in a file name. */
const LAST_NUMBER = '(\\d+)(?!.*\\d)';
/** Neighbours by number that are this much closer than any two files come from one session. */
const RESEMBLANCE = 0.2;

export interface MediaDraft {
  readonly idea: MediaIdea;
  readonly classes: readonly { readonly label: string; readonly count: number }[];
  readonly droppedClasses: Formulation['rows']['droppedClasses'];
  readonly metrics: readonly MetricChoice[];
  readonly split: Split;
}

export interface JudgedMedia {
  readonly draft: MediaDraft;
  readonly measured: MediaMeasured;
  readonly verdict: Extract<Verdict, { kind: 'task' }>;
}

/** Develops all media ideas of a dataset. Each ends as a judged task or is dropped with its measured reason. */
export async function developMedia(
  ideas: readonly MediaIdea[],
  dataset: string,
  seed: number,
  context: AgentContext,
): Promise<Developed<JudgedMedia>> {
  const dropped: Dropped[] = [];
  const drafts = ideas.flatMap((idea) => {
    const drafted = draftOf(idea, seed);
    if ('code' in drafted) dropped.push(drafted);
    return 'code' in drafted ? [] : [drafted];
  });
  const requests = drafts.map((draft, at) => mediaArgs(draft, `${at}`));
  const results = await probe('probes.media_signal', requests, mediaResult, dataset, seed, context);
  const tasks = drafts.flatMap((draft, at) => {
    const result = results.find((item) => item.id === `${at}`);
    if (result === undefined) return [];
    const { split, measured } = withSessions(draft, result);
    const verdict = verdictOf(measured, draft.metrics);
    if (verdict.kind === 'task') return [{ draft: { ...draft, split }, measured, verdict }];
    const code = verdict.kind === 'drop' ? verdict.code : 'LOOK_UP';
    dropped.push({ idea: ideaName(draft.idea), code, reason: verdict.reason });
    return [];
  });
  return { tasks, dropped };
}

function draftOf(idea: MediaIdea, seed: number): MediaDraft | Dropped {
  const rows = idea.classes.reduce((sum, item) => sum + item.count, 0);
  const testFraction = testShare(rows);
  const counts = idea.classes.toSorted((a, b) => (a.label < b.label ? -1 : 1));
  const classes = chooseClasses(counts, null, testFraction, true);
  if (classes.kind === 'declined') return { idea: ideaName(idea), code: classes.code, reason: classes.reason };
  const kept = classes.classes.reduce((sum, item) => sum + item.count, 0);
  if (Math.round(kept * testFraction) < FEWEST_TEST_ROWS) {
    return {
      idea: ideaName(idea),
      code: 'TOO_FEW_ROWS',
      reason: `${count(kept)} files have a usable label; a test part of ${Math.round(kept * testFraction)} files ranks nobody (at least ${FEWEST_TEST_ROWS} are needed).`,
    };
  }
  const objective = classes.classes.length === 2 ? 'binary-classification' : 'multiclass-classification';
  return {
    idea: { ...idea, objective },
    classes: classes.classes,
    droppedClasses: classes.dropped,
    metrics: classMetrics(objective, classes.classes, classes.thin),
    split: contentSplit(idea, testFraction, seed),
  };
}

function contentSplit(idea: MediaIdea, testFraction: number, seed: number): Split {
  const copies = idea.media.duplicates;
  const base = { time: null, series: [], testFraction, seed };
  if (copies > 0) {
    return {
      ...base,
      kind: 'group',
      together: { key: 'content' },
      reason: `${count(copies)} files repeat the content of another; copies stay on one side.`,
    };
  }
  return {
    ...base,
    kind: 'stratified',
    together: { key: 'none' },
    reason: 'No two files are equal and nothing tells that files belong together; each class keeps its share.',
  };
}

function mediaArgs(draft: MediaDraft, id: string) {
  const { split } = draft;
  const run = {
    ...split,
    kind: 'group' as const,
    together: { key: 'name-run' as const, pattern: LAST_NUMBER, length: 2 },
  };
  const runArgs = splitArgs({ name: 'sessions', split: run, stepDays: null });
  return {
    id,
    source: plainJson(draft.idea.source),
    classes: [...rarestLast(draft.classes)],
    metrics: draft.metrics.map((metric) => metric.name),
    encoding: draft.idea.media.text?.encoding ?? 'utf-8',
    splits: [
      splitArgs({ name: 'proposed', split: { ...split, together: { key: 'none' } }, stepDays: null }),
      // The length of a run is what the probe finds out.
      { ...(runArgs as object), together: { key: 'name-run', length: null } },
    ],
  };
}

/** Splits by recording session where neighbours by number resemble each other: the same person, light or take. */
function withSessions(draft: MediaDraft, result: MediaMeasured): { split: Split; measured: MediaMeasured } {
  const [random, sessions] = result.splits;
  const { session } = result;
  if (random === undefined || sessions === undefined || session === null || session.resemblance < RESEMBLANCE) {
    return { split: draft.split, measured: { ...result, splits: result.splits.slice(0, 1) } };
  }
  const split: Split = {
    ...draft.split,
    kind: 'group',
    together: { key: 'name-run', pattern: LAST_NUMBER, length: session.run },
    reason:
      `Files with neighbouring numbers resemble each other by ${percent(session.resemblance)} more than any two files, over runs of about ${session.length}: ` +
      `one recording session, one person. Blocks of ${session.run} consecutive numbers stay together.`,
  };
  return { split, measured: { ...result, splits: [sessions, { ...random, name: 'random' }] } };
}
