// What a run that models drive will roughly take, told before it begins.
import type { AgentName } from '../agents/loop/events.ts';
import type { Usage } from '../models/port.ts';

/**
 * Tokens by role: medians of six runs of a strong model on five datasets (tables, a database, series, sounds), in and out.
 * Brainstormer once, the others for each task. Judge and solver from runs of scripted models over real packages.
 */
const usual: Readonly<Record<AgentName, { readonly input: number; readonly output: number }>> = {
  brainstormer: { input: 6600, output: 1500 },
  designer: { input: 40_000, output: 7400 },
  refactor: { input: 4500, output: 60 },
  reviewer: { input: 6000, output: 1500 },
  solver: { input: 40_000, output: 6000 },
};

export interface EstimateInput {
  /** Tasks that are wanted; some candidates fail, so more are designed. */
  readonly tasks: number;
  readonly judges: number;
  readonly solverActions: number;
  price(agent: AgentName, usage: Usage): number | null;
}

/** A candidate in four is lost (the method's authors lost a quarter). */
const DESIGNS_PER_TASK = 4 / 3;

/** One sentence: tokens, and dollars where every price is known. */
export function estimateText({ tasks, judges, solverActions, price }: EstimateInput): string {
  const times: Readonly<Record<AgentName, number>> = {
    brainstormer: 1,
    designer: tasks * DESIGNS_PER_TASK,
    refactor: tasks * DESIGNS_PER_TASK,
    reviewer: tasks * judges,
    solver: solverActions === 0 ? 0 : tasks,
  };
  let tokens = 0;
  let usd: number | null = 0;
  for (const [agent, { input, output }] of Object.entries(usual) as [AgentName, (typeof usual)[AgentName]][]) {
    const n = times[agent];
    if (n === 0) continue;
    tokens += n * (input + output);
    const cost = price(agent, { input, cachedInput: 0, output, reasoning: 0, source: 'estimated' });
    usd = usd === null || cost === null ? null : usd + n * cost;
  }
  const money = usd === null ? 'the price is not known' : `about $${usd.toFixed(2)}`;
  return `It will take about ${(Math.round(tokens / 1000) * 1000).toLocaleString('en-US')} tokens (${money}), as a strong model needed; a weaker one may need several times that.`;
}
