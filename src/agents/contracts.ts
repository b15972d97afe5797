// Every agent is a function from a typed input to a typed output. Each has a built-in implementation and, later, one
// driven by a language model; verification does not know which one wrote a task.

import type { PackageDraft } from '../blueprints/blueprint.ts';
import type { Formulation } from '../blueprints/formulation.ts';
import type { TableJudgement } from '../dataset/judgement.ts';
import type { DatasetProfile } from '../dataset/profile.ts';
import type { PythonRuntime } from '../runtime/port.ts';
import type { Finding } from '../task/findings.ts';
import type { Log } from '../task/ports.ts';

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
}

export interface BrainstormOutput {
  /** Ranked, diverse, best first. */
  readonly formulations: readonly Formulation[];
  /** Ideas that were looked at and dropped, each with its measured reason. */
  readonly dropped: readonly { readonly idea: string; readonly code: string; readonly reason: string }[];
  /** Why nothing is proposed at all; null when something is. */
  readonly refused: { readonly code: string; readonly reason: string } | null;
}

export type Brainstormer = (input: BrainstormInput, context: AgentContext) => Promise<BrainstormOutput>;

export interface DesignInput {
  readonly formulation: Formulation;
  readonly profile: DatasetProfile;
  /** Findings of an earlier attempt; empty at the first. */
  readonly findings: readonly Finding[];
}

/** `infeasible` when the findings cannot be answered by another design of the same formulation. */
export type DesignOutput =
  | {
      readonly kind: 'draft';
      readonly formulation: Formulation;
      readonly draft: PackageDraft;
      readonly changes: readonly string[];
    }
  | { readonly kind: 'infeasible'; readonly code: string; readonly reason: string };

export type Designer = (input: DesignInput, context: AgentContext) => Promise<DesignOutput>;

export interface RefactorInput {
  /** Staging folder that holds the draft with its data built. */
  readonly folder: string;
  readonly draft: PackageDraft;
}

export interface RefactorOutput {
  /** Files rewritten or added to meet the package standard, by path; unchanged files are left out. */
  readonly files: Readonly<Record<string, string>>;
  readonly changes: readonly string[];
}

export type Refactor = (input: RefactorInput, context: AgentContext) => Promise<RefactorOutput>;
