// The ledger of failures: what each stage tried, failed, had repaired and lost, by code and by model, with its bill. Folded
// from the events of a run, so it can be read of any run, also of one that stopped.
import { type Cost, freeOfCharge, withCall } from '../agents/loop/cost.ts';
import type { AgentName } from '../agents/loop/events.ts';
import { type ForgeEvent, type Stage, stages } from './events.ts';

export interface LedgerRow {
  readonly stage: Stage;
  /** Times that the stage was entered by a candidate (or by the dataset). */
  readonly tried: number;
  /** Times that it ended with errors. */
  readonly failed: number;
  /** Candidates that failed here and passed here later. */
  readonly repaired: number;
  /** Candidates that were rejected here. */
  readonly lost: number;
  /** Codes of the errors found and of the rejections, with how often each occurred. */
  readonly codes: Readonly<Record<string, number>>;
  /** What models cost in this stage, by model. */
  readonly models: Readonly<Record<string, Cost>>;
  readonly ms: number;
}

/** Where an agent works. */
export const stageOfAgent: Readonly<Record<AgentName, Stage>> = {
  brainstormer: 'brainstorm',
  designer: 'design',
  refactor: 'refactor',
  reviewer: 'judge',
  solver: 'solve',
};

interface Draft {
  tried: number;
  failed: number;
  lost: number;
  codes: Map<string, number>;
  models: Map<string, Cost>;
  ms: number;
  /** Whether the last pass of a candidate failed. */
  last: Map<string, boolean>;
  repaired: Set<string>;
}

/** Rows in the order of the stages, those that were never entered left out. */
export function ledgerOf(events: readonly ForgeEvent[]): readonly LedgerRow[] {
  const drafts = new Map<Stage, Draft>(stages.map((stage) => [stage, emptyDraft()]));
  const at = (stage: Stage): Draft => drafts.get(stage) ?? emptyDraft();
  let stage: Stage = 'profile';
  for (const event of events) {
    switch (event.type) {
      case 'stage-started':
        stage = event.stage;
        break;
      case 'stage-ended':
        end(at(event.stage), event);
        break;
      case 'finding':
        if (event.finding.severity === 'error' && stage !== 'publish') count(at(stage).codes, event.finding.code);
        break;
      case 'model-call': {
        const { models } = at(stageOfAgent[event.agent]);
        models.set(event.model, withCall(models.get(event.model) ?? freeOfCharge, event));
        break;
      }
      case 'rejected':
        at(event.stage).lost += 1;
        count(at(event.stage).codes, event.code);
        break;
      default:
        break;
    }
  }
  return stages.flatMap((name) => {
    const draft = at(name);
    return draft.tried === 0 && draft.lost === 0 ? [] : [rowOf(name, draft)];
  });
}

function end(draft: Draft, { task, errors, reused, ms }: Extract<ForgeEvent, { type: 'stage-ended' }>): void {
  // A resumed run tells again what was known: it was tried once.
  if (reused) return;
  const key = task ?? '';
  draft.tried += 1;
  draft.ms += ms;
  if (errors > 0) draft.failed += 1;
  else if (draft.last.get(key) === true) draft.repaired.add(key);
  draft.last.set(key, errors > 0);
}

function rowOf(stage: Stage, { tried, failed, lost, codes, models, ms, repaired }: Draft): LedgerRow {
  const byName = <Value>(map: Map<string, Value>): Record<string, Value> =>
    Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { stage, tried, failed, repaired: repaired.size, lost, codes: byName(codes), models: byName(models), ms };
}

function emptyDraft(): Draft {
  return {
    tried: 0,
    failed: 0,
    lost: 0,
    codes: new Map(),
    models: new Map(),
    ms: 0,
    last: new Map(),
    repaired: new Set(),
  };
}

function count(codes: Map<string, number>, code: string): void {
  codes.set(code, (codes.get(code) ?? 0) + 1);
}
