// A model in one role, for commands that ask one outside of a run: within the budget that the flags set, with its bill.

import type { Seat } from '../agents/loop/conversation.ts';
import { type Cost, freeOfCharge, withCall } from '../agents/loop/cost.ts';
import { type Desk, forgetfulDesk } from '../agents/loop/desk.ts';
import type { AgentName } from '../agents/loop/events.ts';
import { meteredSeat } from '../agents/loop/metered-seat.ts';
import type { SharedRows } from '../agents/tools/shared-rows.ts';
import { Budget } from '../models/budget.ts';
import { limitsText } from '../models/limits-text.ts';
import { openModel } from '../models/open-model.ts';
import type { CapabilityMemory } from '../models/openai/ladder.ts';
import { loadPrices } from '../models/prices.ts';
import type { Arguments, OptionSpecs } from './arguments.ts';
import type { Services } from './command.ts';
import { limitsOf, modelOptions, sharedRowsOf } from './model-options.ts';
import { plain } from './terminal.ts';

const { model: _model, roles: _roles, judges: _judges, actions: _actions, ...others } = modelOptions;
/** The flags of such a command besides the one that names the model. */
export const seatOptions: OptionSpecs = others;

export interface Room {
  /** One for each model named, in order. */
  readonly seats: readonly Seat[];
  readonly sharedRows: SharedRows;
  readonly desk: Desk;
  /** What the calls have cost so far. */
  cost(): Cost;
}

/**
 * Seats for the models named, within one budget. What leaves the machine is told before anything does.
 * @throws ForgeError for flags that do not fit, an unknown model, a missing key.
 */
export async function openRoom(
  agent: AgentName,
  names: readonly string[],
  what: string,
  args: Arguments,
  { io, clock, terminal }: Services,
): Promise<Room> {
  const limits = limitsOf(args);
  const sharedRows = sharedRowsOf(args);
  const prices = await loadPrices(io.env);
  const budget = new Budget(limits, clock);
  const url = args.text('base-url');
  const memory: CapabilityMemory = new Map();
  const seats: Seat[] = [];
  for (const name of names) {
    const options = { env: io.env, memory, ...(url !== undefined && { baseUrl: { url, from: 'flag' as const } }) };
    seats.push(meteredSeat(agent, await openModel(name, options), { budget, prices, clock, seed: 0 }));
  }
  const hosts = [...new Set(seats.map(({ model }) => model.endpoint))].join(' and ');
  const rows = sharedRows === 'none' ? 'no row of a table' : `at most ${sharedRows} rows of each table`;
  terminal.remark(`To ${hosts} goes: ${what}, ${rows}. ${limitsText(limits)}`);
  let cost = freeOfCharge;
  const desk = forgetfulDesk((event) => {
    if (event.type === 'model-call') cost = withCall(cost, event);
    else terminal.status(`${event.agent}: ${event.tool}: ${plain(event.summary)}`);
  });
  return { seats, sharedRows, desk, cost: () => cost };
}
