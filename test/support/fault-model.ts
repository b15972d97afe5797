// The adapter in front of a misbehaving server, and a time that does not pass.
import type { TestContext } from 'node:test';
import type { ClockLimits } from '../../src/models/clocks.ts';
import { resolveEndpoint } from '../../src/models/endpoint.ts';
import type { CapabilityMemory } from '../../src/models/openai/ladder.ts';
import { openAiModel } from '../../src/models/openai/model.ts';
import type { ChatModel } from '../../src/models/port.ts';
import type { Timing } from '../../src/models/timing.ts';
import { type Behaviour, type FaultServer, faultServer } from './fault-server.ts';

/** A time in which every wait is over at once; `waits` holds how long each was. */
export function hurriedTiming(): Timing & { readonly waits: number[] } {
  const waits: number[] = [];
  let now = Date.UTC(2030, 0, 1);
  return {
    waits,
    now: () => now,
    random: () => 1,
    sleep: async (ms) => {
      waits.push(ms);
      now += ms;
    },
  };
}

/** Long enough for a busy machine. */
const patientClocks: ClockLimits = { firstTokenMs: 30_000, idleMs: 30_000, totalMs: 60_000 };
/** For servers that keep silent. */
export const briskClocks: ClockLimits = { firstTokenMs: 1500, idleMs: 1000, totalMs: 30_000 };

export interface Setting {
  /** Provider of the id; its compatibility flags apply. */
  readonly provider?: string;
  readonly clocks?: Partial<ClockLimits>;
  readonly memory?: CapabilityMemory;
  readonly timing?: Timing;
  readonly key?: string;
}

export interface FaultyModel {
  readonly model: ChatModel;
  readonly server: FaultServer;
}

export async function modelBefore(
  t: TestContext,
  behaviours: readonly Behaviour[],
  { provider = 'local', clocks, memory, timing = hurriedTiming(), key }: Setting = {},
): Promise<FaultyModel> {
  const server = await faultServer(t, behaviours);
  const env = key === undefined ? {} : { MLE_FORGE_API_KEY: key };
  const endpoint = resolveEndpoint(`${provider}:tiny`, { env, baseUrl: { url: server.url, from: 'flag' } });
  const model = openAiModel(endpoint, {
    clocks: { ...patientClocks, ...clocks },
    timing,
    ...(memory === undefined ? {} : { memory }),
  });
  return { model, server };
}
