// What a model-driven agent does, call by call, as events: a person can follow it live and read it afterwards.
import { z } from 'zod';

/** The roles that a model can play; each may have a model of its own. */
export const agentNames = ['brainstormer', 'designer', 'refactor', 'reviewer', 'solver'] as const;
export type AgentName = (typeof agentNames)[number];

const count = z.int().min(0);

const usage = z.strictObject({
  input: count,
  cachedInput: count,
  output: count,
  reasoning: count,
  source: z.enum(['reported', 'estimated', 'reserved']),
});

const place = {
  /** Null for what concerns the whole dataset. */
  task: z.string().nullable(),
  agent: z.enum(agentNames),
  /** Key of the conversation; its exchanges are artifacts of the run. */
  conversation: z.string(),
  /** Which exchange of the conversation, from 0. */
  step: count,
};

export const modelCallSchema = z.strictObject({
  type: z.literal('model-call'),
  ...place,
  model: z.string(),
  outcome: z.enum(['done', 'length', 'refusal', 'cancelled', 'timeout', 'failed']),
  usage,
  /** US dollars; null when the price of the model is not known. */
  usd: z.number().min(0).nullable(),
  ms: z.number().min(0),
  /** Requests on the wire: retries and steps down to what the endpoint can do count. */
  attempts: count,
  /** The answer was known from an earlier process of this run: nothing was paid now. */
  reused: z.boolean(),
});
export type ModelCall = z.infer<typeof modelCallSchema>;

/** Whether the call gave an answer that the run remembers. */
export function isAnswer(outcome: ModelCall['outcome']): boolean {
  return outcome === 'done' || outcome === 'length' || outcome === 'refusal';
}

export const toolCallSchema = z.strictObject({
  type: z.literal('tool-call'),
  ...place,
  tool: z.string(),
  ok: z.boolean(),
  ms: z.number().min(0),
  /** One line for people. */
  summary: z.string(),
});
export type AgentToolCall = z.infer<typeof toolCallSchema>;

export type AgentEvent = ModelCall | AgentToolCall;
