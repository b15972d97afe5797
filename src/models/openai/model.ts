// ChatModel over any OpenAI-compatible endpoint.
import { type ClockLimits, usualClocks } from '../clocks.ts';
import type { Endpoint } from '../endpoint.ts';
import type { ChatModel } from '../port.ts';
import { type RetryPolicy, usualRetries } from '../retry.ts';
import { systemTiming, type Timing } from '../timing.ts';
import { Call, type CallParts } from './call.ts';
import { openAiClient } from './client.ts';
import type { CapabilityMemory } from './ladder.ts';

export interface OpenAiOptions {
  /** Shared by the models of one door, so that each endpoint is explored once. */
  readonly memory?: CapabilityMemory;
  readonly clocks?: Partial<ClockLimits>;
  readonly retries?: Partial<RetryPolicy>;
  readonly timing?: Timing;
}

/** A model at an endpoint. Nothing is sent before the first `chat`. */
export function openAiModel(endpoint: Endpoint, options: OpenAiOptions = {}): ChatModel {
  const parts: CallParts = {
    endpoint,
    client: openAiClient(endpoint),
    memory: options.memory ?? new Map(),
    clocks: { ...usualClocks, ...options.clocks },
    retries: { ...usualRetries, ...options.retries },
    timing: options.timing ?? systemTiming,
  };
  return {
    id: endpoint.id,
    endpoint: endpoint.host,
    sees: { images: endpoint.compat.images },
    chat: (request, chatOptions) => new Call(parts, request, chatOptions).run(),
  };
}
