// Order and diversity: the best task first, then tasks that add something to those before.
import type { Formulation } from '../../blueprints/formulation.ts';

export interface Ranked {
  readonly formulation: Formulation;
  readonly appeal: number;
  /** Share of the way from the constant to the best that a quick model covers. */
  readonly covered: number;
  readonly testRows: number;
  /** What the model covers of the way under the proposed split, as a share of what it covers under a random one; at most 1. */
  readonly stability: number;
}

const weights = { appeal: 0.65, difficulty: 0.2, size: 0.15 } as const;
/** Below this share of the way there is hardly signal, above (1 minus) ROOM hardly room: both count less. */
const SIGNAL = 0.4;
const ROOM = 0.1;
const PLENTY = 2000;
/** A second task on the same target must be clearly better than one on a new target. */
const SAME_TARGET = 0.6;
const SAME_FAMILY = 0.92;

/** A relation that hardly lasts over time is no use to those who come later. */
const DRIFT = 0.5;

/** Value of a task on its own, between 0 and 1. */
export function worthOf(task: Ranked): number {
  const difficulty = Math.min(1, task.covered / SIGNAL) * Math.min(1, (1 - task.covered) / ROOM);
  const size = Math.min(1, Math.log(task.testRows / 20) / Math.log(PLENTY / 20));
  const value = weights.appeal * task.appeal + weights.difficulty * difficulty + weights.size * Math.max(0, size);
  const lasting = task.formulation.split.kind === 'time' ? task.stability : 1;
  return value * (1 - DRIFT + DRIFT * lasting);
}

/** Picks at most `limit` tasks greedily; near-duplicates never stand side by side, and ids are made unique. */
export function ranked(tasks: readonly Ranked[], limit: number): readonly Formulation[] {
  const left = tasks.toSorted((a, b) => worthOf(b) - worthOf(a) || (a.formulation.id < b.formulation.id ? -1 : 1));
  const chosen: Ranked[] = [];
  while (chosen.length < limit && left.length > 0) {
    const scored = left.map((task) => ({ task, value: worthOf(task) * novelty(task, chosen) }));
    const best = scored.reduce((a, b) => (b.value > a.value ? b : a));
    left.splice(left.indexOf(best.task), 1);
    if (best.value > 0) chosen.push(best.task);
  }
  return uniqueIds(chosen.map((task) => task.formulation));
}

function novelty(task: Ranked, chosen: readonly Ranked[]): number {
  let value = 1;
  for (const other of chosen) {
    if (isNearDuplicate(task.formulation, other.formulation)) return 0;
    if (sharesTarget(task.formulation, other.formulation)) value *= SAME_TARGET;
    if (task.formulation.objective === other.formulation.objective) value *= SAME_FAMILY;
  }
  return value;
}

/** The same target, objective and kind of split, with one view that holds the other. */
function isNearDuplicate(a: Formulation, b: Formulation): boolean {
  const targets = (f: Formulation) => JSON.stringify(f.target.columns.map((column) => column.from).toSorted());
  return (
    targets(a) === targets(b) && a.objective === b.objective && a.split.kind === b.split.kind && overlap(a, b) > 0.5
  );
}

function overlap(a: Formulation, b: Formulation): number {
  const names = (f: Formulation) => new Set(f.features.kept.map((feature) => feature.name));
  const [mine, theirs] = [names(a), names(b)];
  const shared = [...mine].filter((name) => theirs.has(name)).length;
  return shared / Math.max(1, mine.size, theirs.size);
}

function sharesTarget(a: Formulation, b: Formulation): boolean {
  const mine = new Set(a.target.columns.map((column) => column.from));
  return b.target.columns.some((column) => mine.has(column.from));
}

/** A second task of the same name is told apart by its question, a third by a number. */
function uniqueIds(formulations: readonly Formulation[]): readonly Formulation[] {
  const taken = new Set<string>();
  return formulations.map((formulation) => {
    const { id } = formulation;
    const numbered = Array.from({ length: formulations.length }, (_, at) => withSuffix(id, `${at + 2}`));
    const free = [id, withSuffix(id, questionSuffix(formulation)), ...numbered].find((name) => !taken.has(name)) ?? id;
    taken.add(free);
    return free === id ? formulation : { ...formulation, id: free };
  });
}

/** Longest id, so that folder names stay within the limits of file systems and archives. */
const LONGEST_ID = 80;

function withSuffix(id: string, suffix: string): string {
  return `${id.slice(0, LONGEST_ID - suffix.length - 1)}-${suffix}`;
}

function questionSuffix({ split }: Formulation): string {
  if (split.kind === 'time') return 'later';
  if (split.together.key === 'grid') return 'elsewhere';
  return split.together.key === 'columns' ? 'unseen' : split.kind;
}
