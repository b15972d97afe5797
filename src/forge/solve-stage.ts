// A model plays what has passed everything else. Its run stands beside the baselines; it tells, and rejects none.
import { type ErrorKind, ForgeError } from '../task/errors.ts';
import type { Item } from './candidate-stages.ts';
import type { ForgeEvent } from './events.ts';
import type { GateResult } from './gates.ts';
import { recordedGate } from './judge-stage.ts';
import { agentContext, stagingOf, type Workshop } from './workshop.ts';

const told: ReadonlySet<ErrorKind> = new Set(['environment', 'budget']);

/**
 * Lets the solver play the package; null without one. Its exchanges are remembered, so a resumed run pays for none twice.
 * An endpoint that fails, or a budget that is spent here, costs the solver's run and not the task.
 */
export async function* solveStage(shop: Workshop, item: Item): AsyncGenerator<ForgeEvent, GateResult | null> {
  const { solver } = shop.agents;
  if (solver === undefined) return null;
  const folder = stagingOf(shop, item.task);
  const { message, result } = yield* shop.run.stage('solve', item.task, item.attempt, async () => {
    const said = await solver({ folder, task: item.task }, agentContext(shop)).catch((error: unknown) => {
      if (!(error instanceof ForgeError) || !told.has(error.kind)) throw error;
      return `no solver has played it: ${error.message}`;
    });
    return { value: { message: said, result: await recordedGate(folder, 'EXE') }, reused: false, errors: 0 };
  });
  yield { type: 'note', message: `${item.task}: ${message}` };
  return result;
}
