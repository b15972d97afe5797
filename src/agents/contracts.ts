// Every agent is a function from a typed input to a typed output. Each has a built-in implementation and one driven by a
// language model; verification does not know which one wrote a task.

import type { PackageDraft } from '../blueprints/blueprint.ts';
import type { TableJudgement } from '../dataset/judgement.ts';
import type { DatasetProfile } from '../dataset/profile.ts';
import type { PythonRuntime } from '../runtime/port.ts';
import type { Finding } from '../task/findings.ts';
import type { Log } from '../task/ports.ts';
import type { Candidate } from './proposal.ts';

export interface AgentContext {
  readonly runtime: PythonRuntime;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export interface BrainstormInput {
  /** Absolute path of the dataset: a folder or one file. Read only. */
  readonly dataset: string;
  readonly profile: DatasetProfile;
  readonly judgements: readonly TableJudgement[];
  readonly seed: number;
  /** How many formulations to return at most, best first. More than the tasks wanted, since some will fail. */
  readonly limit: number;
  /** Tasks of the same dataset that lie in the output folder already. */
  readonly earlier: readonly EarlierTask[];
}

export interface EarlierTask {
  readonly id: string;
  readonly title: string;
  readonly objective: string;
  readonly target: readonly string[];
  readonly metric: string;
}

export interface BrainstormOutput<Proposed extends Candidate = Candidate> {
  /** Ranked, diverse, best first. */
  readonly formulations: readonly Proposed[];
  /** Ideas that were looked at and dropped, each with its measured reason. */
  readonly dropped: readonly { readonly idea: string; readonly code: string; readonly reason: string }[];
  /** Why nothing is proposed at all; null when something is. */
  readonly refused: { readonly code: string; readonly reason: string } | null;
}

export type Brainstormer<Proposed extends Candidate = Candidate> = (
  input: BrainstormInput,
  context: AgentContext,
) => Promise<BrainstormOutput<Proposed>>;

export interface DesignInput {
  readonly formulation: Candidate;
  readonly profile: DatasetProfile;
  /** Findings of an earlier attempt; empty at the first. */
  readonly findings: readonly Finding[];
  /** The draft that the findings are about; null at the first attempt. */
  readonly previous: PackageDraft | null;
}

/** `infeasible` when the findings cannot be answered by another design of the same formulation. */
export type DesignOutput =
  | {
      readonly kind: 'draft';
      readonly formulation: Candidate;
      readonly draft: PackageDraft;
      readonly changes: readonly string[];
    }
  | { readonly kind: 'infeasible'; readonly code: string; readonly reason: string };

export type Designer = (input: DesignInput, context: AgentContext) => Promise<DesignOutput>;

export interface RefactorInput {
  readonly task: string;
  /** Staging folder that holds the draft with its data built. */
  readonly folder: string;
  readonly draft: PackageDraft;
}

export interface RefactorOutput {
  /** Files rewritten or added to meet the package standard, by path; unchanged files are left out. */
  readonly files: Readonly<Record<string, string>>;
  readonly changes: readonly string[];
}

export interface ReviewInput {
  /** The package with its data built. */
  readonly folder: string;
  readonly task: string;
}

export interface ReviewOutput {
  /** Why a judge said nothing, one sentence for each that did not. */
  readonly silent: readonly string[];
}

/**
 * Judges what a package says and asks, and keeps the review in its verification/: from there it becomes findings, warnings
 * at most, since a review alone proves nothing.
 */
export type Reviewer = (input: ReviewInput, context: AgentContext) => Promise<ReviewOutput>;

/** Plays a package as a competitor would, and keeps the run beside the baselines. Returns one line for people. */
export type Solver = (input: ReviewInput, context: AgentContext) => Promise<string>;

export type Refactor = (input: RefactorInput, context: AgentContext) => Promise<RefactorOutput>;
