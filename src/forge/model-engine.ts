// The engine that language models drive: a model in each role, within one budget, over the tools that look at the dataset.

import { modelBrainstormer } from '../agents/brainstormer/by-model/brainstorm-with-model.ts';
import { modelDesigner } from '../agents/designer/by-model/design-with-model.ts';
import type { Seat } from '../agents/loop/conversation.ts';
import { type AgentName, agentNames } from '../agents/loop/events.ts';
import { maxOutputTokens, meteredSeat } from '../agents/loop/metered-seat.ts';
import { quoted } from '../agents/loop/quoted.ts';
import { promptsVersion } from '../agents/prompts.ts';
import { modelRefactor } from '../agents/refactor/by-model/refactor-with-model.ts';
import { modelReviewer } from '../agents/reviewer/model-reviewer.ts';
import { packageSolver } from '../agents/solver/package-solver.ts';
import { datasetTools } from '../agents/tools/dataset-tools.ts';
import { inventory } from '../agents/tools/inventory-tool.ts';
import { Proofs } from '../agents/tools/proofs.ts';
import type { SharedRows } from '../agents/tools/shared-rows.ts';
import { Budget, type Limits } from '../models/budget.ts';
import { limitsText } from '../models/limits-text.ts';
import type { ChatModel, Usage } from '../models/port.ts';
import type { PriceList } from '../models/prices.ts';
import type { PythonRuntime } from '../runtime/port.ts';
import { hashValue } from '../task/hashing.ts';
import { engineName, type RoleModels } from './engine-name.ts';
import { estimateText } from './estimate.ts';
import type { Agents, Engine, RunServices } from './request.ts';

export interface ModelEngineOptions {
  /** Who plays which role. */
  readonly models: RoleSeats;
  readonly prices: PriceList;
  readonly limits: Limits;
  readonly sharedRows: SharedRows;
  readonly runtime: PythonRuntime;
  readonly seed: number;
  /** Tasks that are wanted, for the estimate. */
  readonly tasks: number;
  /** Judges of a finished package; 0 for none. */
  readonly judges: number;
  /** Actions of the solver that plays a finished package; 0 for none. */
  readonly solverActions: number;
}

/** Judges of a finished package, and actions of its solver: a look at the data, a first model, and a few ideas. */
export const usualReviews = { judges: 1, solverActions: 8 } as const;
/** Answers that an agent may use. The paper saw nine in ten designs done within 15 steps, refactors in 13 to 22. */
const steps = { brainstormer: 16, designer: 30, refactor: 12 } as const;

/** The engine; nothing is sent before its first agent is asked. */
export function modelEngine(options: ModelEngineOptions): Engine {
  const { models, sharedRows, limits, judges, solverActions } = options;
  return {
    name: nameOf(models),
    version: hashValue({ prompts: promptsVersion(), steps, maxOutputTokens, sharedRows, judges, solverActions }),
    minutes: limits.minutes,
    notice: `${engineNotice(options)} ${engineEstimate(options)}`,
    hire: (services) => hire(options, services),
  };
}

/** A model in each role. */
export type RoleSeats = Readonly<Record<AgentName, ChatModel>>;

function nameOf(models: RoleSeats): string {
  return engineName(Object.fromEntries(agentNames.map((agent) => [agent, models[agent].id])) as RoleModels);
}

/**
 * Opens the model of each role; one that plays several is opened once.
 * @throws what `open` throws.
 */
export async function seatModels(names: RoleModels, open: (id: string) => Promise<ChatModel>): Promise<RoleSeats> {
  const opened = new Map<string, ChatModel>();
  const seats: Partial<Record<AgentName, ChatModel>> = {};
  for (const agent of agentNames) {
    const model = opened.get(names[agent]) ?? (await open(names[agent]));
    opened.set(names[agent], model);
    seats[agent] = model;
  }
  return seats as RoleSeats;
}

function hire(options: ModelEngineOptions, services: RunServices): Agents {
  const { models, prices, limits, sharedRows, runtime, seed, judges, solverActions } = options;
  const { desk, clock, dataset, profile, judgements, bench } = services;
  const budget = new Budget(limits, clock, services.spent);
  const terms = { budget, prices, clock, seed };
  const seat = (agent: AgentName): Seat => meteredSeat(agent, models[agent], terms);
  const looking = (agent: AgentName, proofs = new Proofs()) => {
    const seesImages = models[agent].sees.images;
    return datasetTools({ dataset, profile, judgements, runtime, desk, sharedRows, seesImages, proofs });
  };
  const overview = quoted(`inventory of ${profile.name}`, inventory(profile, sharedRows === 'none'));
  const proofs = new Proofs();
  const shared = { desk, clock, overview };
  return {
    engine: nameOf(models),
    brainstormer: modelBrainstormer({
      ...shared,
      seat: seat('brainstormer'),
      steps: steps.brainstormer,
      tools: looking('brainstormer', proofs),
      proofs: () => proofs.all(),
    }),
    designer: modelDesigner({
      ...shared,
      seat: seat('designer'),
      steps: steps.designer,
      seed,
      datasetTools: () => looking('designer'),
      bench,
    }),
    ...(judges > 0 && {
      reviewer: modelReviewer({
        seats: Array.from({ length: judges }, () => seat('reviewer')),
        rows: sharedRows,
        desk,
        clock,
      }),
    }),
    ...(solverActions > 0 && {
      solver: packageSolver({ seat: seat('solver'), actions: solverActions, sharedRows, desk, clock }),
    }),
    refactor: modelRefactor({ ...shared, seat: seat('refactor'), steps: steps.refactor, bench }),
  };
}

/** What is agreed on before a run; its room comes later. */
export type EngineTerms = Omit<ModelEngineOptions, 'runtime' | 'seed'>;

/** What the run may take, in words. */
export function engineEstimate({ tasks, judges, solverActions, models, prices }: EngineTerms): string {
  const price = (agent: AgentName, usage: Usage): number | null => prices.cost(models[agent].id, usage, new Date());
  return estimateText({ tasks, judges, solverActions, price });
}

/** What leaves the machine and within which limits, in words, before anything does. */
export function engineNotice({ models, sharedRows: rows, limits }: EngineTerms): string {
  const hosts = [...new Set(agentNames.map((agent) => models[agent].endpoint))].join(' and ');
  const data =
    rows === 'none'
      ? 'names and statistics of the dataset, no row, no file of it'
      : `names and statistics of the dataset, in each conversation at most ${rows} rows of each table and ${rows} media files, frequent values of columns, and what the programs of the agents print`;
  return `To ${hosts} goes: ${data}, and the files that the agents write. ${limitsText(limits)}`;
}
