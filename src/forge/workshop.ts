// What every stage of every candidate needs.
import path from 'node:path';
import type { AgentContext } from '../agents/contracts.ts';
import type { DatasetProfile } from '../dataset/profile.ts';
import type { Memory } from '../verify/cache/memory.ts';
import type { VerifyOptions } from '../verify/contract.ts';
import type { Verify } from './gates.ts';
import type { Agents, ForgeDeps } from './request.ts';
import type { Run } from './run.ts';
import type { RunFolder } from './run-folder.ts';
import type { ForgeTools } from './tools.ts';

/** What measuring and building need, whoever the agents are. */
export interface Workroom {
  readonly run: Run;
  readonly places: RunFolder;
  readonly deps: ForgeDeps;
  readonly verify: Verify;
  readonly climb: ForgeTools['climb'];
  readonly figures: ForgeTools['figures'];
  /** Absolute paths. */
  readonly dataset: string;
  readonly out: string;
  readonly profile: DatasetProfile;
  /** The gates verify some bytes more than once; only what this run measured itself counts. */
  readonly memory: Memory;
}

export interface Workshop extends Workroom {
  readonly agents: Agents;
}

/** Where a candidate is built. */
export function stagingOf(shop: Workroom, task: string): string {
  return path.join(shop.places.staging, task);
}

export function agentContext({ deps }: Workroom): AgentContext {
  return { runtime: deps.runtime, log: deps.log, signal: deps.signal };
}

export function verifyOptions({ deps, dataset, memory }: Workroom): VerifyOptions {
  return { runtime: deps.runtime, log: deps.log, clock: deps.clock, signal: deps.signal, memory, dataset };
}
