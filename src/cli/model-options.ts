// From flags to the engine that language models drive. Keys come from the environment, never from a flag.
import { agentNames } from '../agents/loop/events.ts';
import { builtinEngine, modelsByRole, parseEngineName, type RoleModels } from '../forge/engine-name.ts';
import { modelEngine, seatModels, usualReviews } from '../forge/model-engine.ts';
import type { Engine } from '../forge/request.ts';
import { type Limits, limitsSchema } from '../models/budget.ts';
import { openModel } from '../models/open-model.ts';
import type { CapabilityMemory } from '../models/openai/ladder.ts';
import { loadPrices } from '../models/prices.ts';
import { type Arguments, type OptionSpecs, usage } from './arguments.ts';
import type { Services } from './command.ts';

/** Enough to see how a table is written, and too few to rebuild it. */
const usualRows = 20;

export const modelOptions: OptionSpecs = {
  model: { type: 'string', value: 'MODEL', help: 'who writes the tasks: builtin (default), or PROVIDER:MODEL' },
  roles: {
    type: 'string',
    value: 'ROLE=MODEL,...',
    help: `another model for some roles (${agentNames.join(', ')})`,
  },
  'base-url': { type: 'string', value: 'URL', help: 'where the server of the model is' },
  'budget-usd': { type: 'string', value: 'X', help: 'stop before the models have cost X dollars' },
  'budget-tokens': { type: 'string', value: 'N', help: 'stop before they have used N tokens' },
  'budget-calls': { type: 'string', value: 'N', help: 'stop before the request after the N-th' },
  'max-minutes': { type: 'string', value: 'M', help: 'stop before M minutes have passed' },
  judges: {
    type: 'string',
    value: 'N',
    help: `judges of each finished package (default: ${usualReviews.judges}; 0: none)`,
  },
  actions: {
    type: 'string',
    value: 'N',
    help: `actions of the solver that plays it (default: ${usualReviews.solverActions}; 0: none)`,
  },
  'send-rows': {
    type: 'string',
    value: 'N|none',
    help: `rows of each table that a model may see (default: ${usualRows}; none: schema and statistics alone)`,
  },
};

/**
 * The engine that the flags ask for; undefined for the built-in one. `resumed` names the engine of the run that goes on.
 * @throws ForgeError for flags that do not fit, an unknown model, a missing key.
 */
export async function engineOf(
  args: Arguments,
  { io, runtime }: Services,
  { seed, tasks, resumed }: { seed: number; tasks: number; resumed: string | null },
): Promise<Engine | undefined> {
  const names = modelNames(args, resumed);
  if (names === null) {
    refuseIdleFlags(args);
    return undefined;
  }
  const url = args.text('base-url');
  const memory: CapabilityMemory = new Map();
  const options = { env: io.env, memory, ...(url !== undefined && { baseUrl: { url, from: 'flag' as const } }) };
  return modelEngine({
    models: await seatModels(names, (id) => openModel(id, options)),
    prices: await loadPrices(io.env),
    limits: limitsOf(args),
    sharedRows: sharedRowsOf(args),
    runtime: await runtime(),
    seed,
    tasks,
    judges: args.integer('judges', usualReviews.judges, 0),
    solverActions: args.integer('actions', usualReviews.solverActions, 0),
  });
}

/** Models by role; null for the built-in engine. A resumed run keeps its models unless others are named. */
function modelNames(args: Arguments, resumed: string | null): RoleModels | null {
  const [base, roles] = [args.text('model'), args.list('roles')];
  if (base === undefined && roles === undefined && resumed !== null) return parseEngineName(resumed);
  if (base !== undefined && base !== builtinEngine) return modelsByRole(base, roles ?? []);
  if (roles === undefined) return null;
  throw usage('--roles needs --model.', 'Name the model of the other roles with --model.');
}

function refuseIdleFlags(args: Arguments): void {
  const idle = Object.keys(modelOptions).find((name) => name !== 'model' && args.text(name) !== undefined);
  if (idle !== undefined)
    throw usage(`--${idle} has no effect without a model.`, 'Name one with --model PROVIDER:MODEL.');
}

/** The limits that the flags set. @throws ForgeError `USAGE` for a number that is none. */
export function limitsOf(args: Arguments): Limits {
  const number = (name: string): number | null => {
    const text = args.text(name);
    if (text === undefined) return null;
    const value = Number(text);
    if (Number.isFinite(value) && value > 0) return value;
    throw usage(`--${name} must be a number above 0, not ${JSON.stringify(text)}.`, `Write for instance --${name} 1.`);
  };
  return limitsSchema.parse({
    usd: number('budget-usd'),
    tokens: number('budget-tokens'),
    calls: number('budget-calls'),
    minutes: number('max-minutes'),
  });
}

/** Rows of each table that a model may see. */
export function sharedRowsOf(args: Arguments): number | 'none' {
  return args.text('send-rows') === 'none' ? 'none' : args.integer('send-rows', usualRows, 0);
}
