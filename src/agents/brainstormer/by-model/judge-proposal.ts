// What must hold of a proposal before anybody builds it: the data are there, the derivation was run, it is something new.
import type { Formulation } from '../../../blueprints/formulation.ts';
import type { DatasetProfile } from '../../../dataset/profile.ts';
import { registeredMetric } from '../../../task/task-metric.ts';
import type { EarlierTask } from '../../contracts.ts';
import type { Proposal } from '../../proposal.ts';
import type { Proof } from '../../tools/proofs.ts';
import { slug } from '../words/names.ts';
import type { Proposed } from './answer.ts';

export interface Known {
  readonly profile: DatasetProfile;
  readonly proofs: readonly Proof[];
  /** What rules have found. */
  readonly found: readonly Formulation[];
  readonly earlier: readonly EarlierTask[];
  /** Proposals that were taken already. */
  readonly taken: readonly Proposal[];
}

export type Judged =
  | { readonly kind: 'proposal'; readonly proposal: Proposal }
  | { readonly kind: 'refused'; readonly code: RefusedCode; readonly reason: string };
export type RefusedCode =
  | 'UNKNOWN_DATA'
  | 'UNKNOWN_TARGET'
  | 'DERIVATION_UNPROVEN'
  | 'METRIC_UNFIT'
  | 'DUPLICATE'
  | 'NOTHING_TO_PREDICT';

/** A test part of a quarter then holds the fifty rows without which verification rejects a task. */
const FEWEST_ROWS = 200;
/** Titles that share so many of their words ask the same. */
const SAME_WORDS = 0.8;

/** Pure. The reason of a refusal is written for the model that proposed. */
export function judgeProposal(proposed: Proposed, known: Known): Judged {
  const refuse = (code: RefusedCode, reason: string): Judged => ({ kind: 'refused', code, reason });
  const { profile, proofs } = known;
  const files = dataNames(profile);
  const stranger = proposed.data.find(({ file }) => !files.has(file));
  if (proposed.data.length === 0 || proposed.target_columns.length === 0) {
    return refuse('UNKNOWN_DATA', 'It names no data, or no target.');
  }
  if (stranger !== undefined) {
    return refuse('UNKNOWN_DATA', `"${stranger.file}" is no file of the dataset. There are: ${[...files].join(', ')}.`);
  }
  const proof = proofs.find(({ name }) => name === proposed.derivation) ?? null;
  const target = proposed.derivation === null ? targetInTables(proposed, profile) : targetInProof(proposed, proof);
  if (target !== null) return refuse(target.code, target.reason);
  // A metric of the task's own may score anything; the contract of metric.py tries it once it is built.
  const registered = registeredMetric({ name: proposed.metric });
  if (registered !== null && !registered.objectives.some((name) => name === proposed.objective)) {
    return refuse(
      'METRIC_UNFIT',
      `${proposed.metric} does not score ${proposed.objective}; it scores ${registered.objectives.join(', ')}.`,
    );
  }
  const raw = proof?.rows ?? rawRows(proposed, profile);
  if (raw < FEWEST_ROWS)
    return refuse('NOTHING_TO_PREDICT', `${raw} rows are too few; at least ${FEWEST_ROWS} are wanted.`);
  const twin = twinOf(proposed, known);
  if (twin !== null) return refuse('DUPLICATE', `It asks the same as ${twin}.`);
  return { kind: 'proposal', proposal: written(proposed, known, proof, raw) };
}

function written(proposed: Proposed, known: Known, proof: Proof | null, raw: number): Proposal {
  const { profile, found, taken } = known;
  const base = slug(`${profile.name} ${proposed.title}`, 70);
  const twins = taken.filter(({ id }) => id === base || id.startsWith(`${base}-`)).length;
  return {
    kind: 'proposal',
    id: twins === 0 ? base : `${base}-${twins + 1}`,
    title: proposed.title,
    question: proposed.question,
    rationale: proposed.rationale,
    objective: proposed.objective,
    modality: proposed.modality,
    target: {
      columns: proposed.target_columns,
      derivation: proposed.target_derivation,
      proof: proof === null ? null : { name: proof.name, code: proof.code, sha256: proof.sha256 },
    },
    metric: { name: proposed.metric, definition: proposed.metric_definition, reason: proposed.metric_reason },
    split: { kind: proposed.split, by: proposed.split_by, reason: proposed.split_reason },
    data: proposed.data,
    risks: proposed.risks,
    start: found.find(({ id }) => id === proposed.start) ?? null,
    rows: { raw },
  };
}

/** Paths, tables and media folders by every name that the overview gives them. */
function dataNames({ tables, media, documents }: DatasetProfile): Set<string> {
  const folders = media.flatMap(({ id }) => (id === '' ? ['.', 'the dataset folder'] : [id]));
  return new Set([
    ...tables.flatMap(({ id, source }) => [id, source.path]),
    ...folders,
    ...documents.map(({ path }) => path),
  ]);
}

type Fault = { readonly code: RefusedCode; readonly reason: string } | null;

function targetInTables({ target_columns, data, modality }: Proposed, profile: DatasetProfile): Fault {
  const used = new Set(data.map(({ file }) => file));
  const tables = profile.tables.filter(({ id, source }) => used.has(id) || used.has(source.path));
  const columns = tables.flatMap((table) => table.columns);
  for (const target of target_columns) {
    const column = columns.find(({ name }) => name === target);
    // Labels of media may stand in names of folders and files, which only a derivation reads.
    if (column === undefined) {
      const hint = tables.length === 0 ? ` For ${modality} files the label needs a derivation.` : '';
      return {
        code: 'UNKNOWN_TARGET',
        reason: `No table that it uses has a column "${target}", and no derivation is named.${hint}`,
      };
    }
    if (column.distinct < 2) return { code: 'NOTHING_TO_PREDICT', reason: `"${target}" has one value only.` };
  }
  return null;
}

function targetInProof({ derivation, target_columns }: Proposed, proof: Proof | null): Fault {
  if (proof === null) {
    return {
      code: 'DERIVATION_UNPROVEN',
      reason: `The derivation "${derivation}" was not run with the derivation tool.`,
    };
  }
  if (!proof.deterministic) {
    return { code: 'DERIVATION_UNPROVEN', reason: `The derivation "${derivation}" gave two different frames.` };
  }
  for (const target of target_columns) {
    const column = proof.columns.find(({ name }) => name === target);
    if (column === undefined) {
      const names = proof.columns.map(({ name }) => name).join(', ');
      return {
        code: 'UNKNOWN_TARGET',
        reason: `The derivation "${derivation}" gives no column "${target}"; it gives ${names}.`,
      };
    }
    if (column.distinct < 2) return { code: 'NOTHING_TO_PREDICT', reason: `"${target}" has one value only.` };
  }
  return null;
}

function rawRows({ data }: Proposed, { tables, media }: DatasetProfile): number {
  const used = new Set(data.map(({ file }) => file));
  const rows = tables.flatMap(({ id, source, rows }) => (used.has(id) || used.has(source.path) ? [rows] : []));
  const files = media.flatMap(({ id, count }) => (used.has(id === '' ? '.' : id) ? [count] : []));
  return Math.max(0, ...rows, ...files);
}

/** The task that asks the same: equal target and objective, or nearly the same title. */
function twinOf(proposed: Proposed, { found, earlier, taken }: Known): string | null {
  const same = (target: readonly string[], objective: string, title: string): boolean =>
    (proposed.derivation === null &&
      objective === proposed.objective &&
      setOf(target) === setOf(proposed.target_columns)) ||
    overlap(title, proposed.title) >= SAME_WORDS;
  for (const { id, objective, title, target } of found) {
    const columns = target.columns.map(({ from }) => from);
    if (same(columns, objective, title)) return `${id}, which rules have found`;
  }
  for (const { id, objective, title, target } of earlier)
    if (same(target, objective, title)) return `${id}, which exists`;
  for (const { id, objective, title, target } of taken) {
    if (same(target.columns, objective, title)) return `${id}, which you proposed before`;
  }
  return null;
}

function setOf(names: readonly string[]): string {
  return [...names]
    .map((name) => name.toLowerCase())
    .sort()
    .join('\n');
}

/** Share of the words that two titles have in common (Jaccard). */
function overlap(a: string, b: string): number {
  const [first, second] = [a, b].map((text) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []));
  if (first === undefined || second === undefined || first.size + second.size === 0) return 0;
  const common = [...first].filter((word) => second.has(word)).length;
  return common / (first.size + second.size - common);
}
