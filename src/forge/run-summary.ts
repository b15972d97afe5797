// What a run has led to, folded from its events: the document that `forge --json` ends with, and `show` prints.
import { type Cost, freeOfCharge, withCall } from '../agents/loop/cost.ts';
import { countSeverities, type Finding, type Severity } from '../task/findings.ts';
import { readTask } from '../task/package.ts';
import type { ForgeEvent } from './events.ts';

export interface AcceptedTask {
  readonly id: string;
  readonly path: string;
  readonly verdict: 'accepted';
  readonly objective: string;
  readonly modality: string;
  readonly metric: string;
  readonly findings: Readonly<Record<Severity, number>>;
  readonly baselines: {
    readonly constant: number | null;
    readonly simple: number | null;
    readonly strong: number | null;
  };
  readonly seconds: number;
}

export interface RunSummary {
  readonly run: string;
  readonly dataset: string;
  readonly tasks: readonly AcceptedTask[];
  readonly rejected: readonly { id: string; stage: string; code: string; reason: string }[];
  readonly refused: { readonly code: string; readonly reason: string } | null;
  /** What language models cost; the built-in engine calls none. */
  readonly cost: Cost;
  readonly seconds: number;
}

export class RunFold {
  run = '';
  dataset = '';
  outcome: 'running' | 'done' | 'refused' | 'cancelled' | 'stopped' | 'failed' = 'running';
  refused: { code: string; reason: string } | null = null;
  cost: Cost = freeOfCharge;
  readonly accepted = new Map<string, string>();
  readonly rejected = new Map<string, { id: string; stage: string; code: string; reason: string }>();
  readonly findings = new Map<string, Finding[]>();
  /** Milliseconds by task; the stages of the whole dataset under null. */
  readonly ms = new Map<string | null, number>();
  readonly stages: { task: string | null; stage: string; ms: number; reused: boolean; errors: number }[] = [];

  take(event: ForgeEvent): void {
    switch (event.type) {
      case 'run-started':
        this.run = event.run;
        this.dataset = event.dataset;
        this.outcome = 'running';
        this.findings.clear();
        break;
      case 'stage-ended':
        this.ms.set(event.task, (this.ms.get(event.task) ?? 0) + event.ms);
        this.stages.push(event);
        break;
      case 'finding':
        this.findings.set(event.task, [...(this.findings.get(event.task) ?? []), event.finding]);
        break;
      case 'repair':
        this.findings.delete(event.task);
        break;
      case 'accepted':
        this.rejected.delete(event.task);
        this.accepted.set(event.task, event.path);
        break;
      case 'rejected': {
        const { task, stage, code, reason } = event;
        this.rejected.set(task, { id: task, stage, code, reason });
        break;
      }
      case 'model-call':
        this.cost = withCall(this.cost, event);
        break;
      case 'refused':
        this.refused = { code: event.code, reason: event.reason };
        break;
      case 'run-ended':
        this.outcome = event.outcome;
        break;
      default:
        break;
    }
  }
}

/** The summary of a run; `ms` is how long it took altogether. */
export async function summaryOf(fold: RunFold, ms: number): Promise<RunSummary> {
  const tasks: AcceptedTask[] = [];
  for (const [task, folder] of fold.accepted) {
    const spec = await readTask(folder).catch(() => null);
    if (spec === null) continue; // removed since
    tasks.push({
      id: spec.id,
      path: folder,
      verdict: 'accepted',
      objective: spec.objective,
      modality: spec.modality,
      metric: spec.metric.name,
      findings: countSeverities(fold.findings.get(task) ?? []),
      baselines: {
        constant: spec.difficulty?.trivial ?? null,
        simple: spec.difficulty?.simple ?? null,
        strong: spec.difficulty?.strong ?? null,
      },
      seconds: seconds(fold.ms.get(task) ?? 0),
    });
  }
  return {
    run: fold.run,
    dataset: fold.dataset,
    tasks,
    rejected: [...fold.rejected.values()],
    refused: fold.refused,
    cost: fold.cost,
    seconds: seconds(ms),
  };
}

function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}
