// The Brainstormer driven by a language model: it explores with tools, then writes proposals down; each is judged by rule.
import { z } from 'zod';
import type { Formulation } from '../../../blueprints/formulation.ts';
import type { Clock } from '../../../task/ports.ts';
import type { Brainstormer, BrainstormInput, BrainstormOutput } from '../../contracts.ts';
import { Conversation, type Seat } from '../../loop/conversation.ts';
import type { Desk } from '../../loop/desk.ts';
import { runAgent } from '../../loop/run-agent.ts';
import { blockGuide, callTool, said, type Tool } from '../../loop/tool.ts';
import { prompt } from '../../prompts.ts';
import type { Proof } from '../../tools/proofs.ts';
import { builtinBrainstormer } from '../brainstorm.ts';
import type { Dropped } from '../idea.ts';
import { answerSchema, type Proposed } from './answer.ts';
import { judgeProposal, type Known } from './judge-proposal.ts';

export interface BrainstormerOptions {
  readonly seat: Seat;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly steps: number;
  readonly overview: string;
  readonly tools: readonly Tool[];
  /** The derivations that were run so far. */
  proofs(): readonly Proof[];
}

/** The paper keeps three for a dataset; one more, since some do not hold. */
const MOST_PROPOSALS = 4;

/**
 * Proposes what the model imagines and what holds under `judgeProposal`, best first. What rules have found follows, so that a
 * weak model does not leave a dataset without a task.
 */
export function modelBrainstormer(options: BrainstormerOptions): Brainstormer {
  return async (input, context) => {
    const rules = await builtinBrainstormer(input, context);
    const proposed = await brainstorm(input, rules.formulations, options, context.signal);
    const formulations = [...proposed.formulations, ...rules.formulations].slice(0, input.limit);
    const dropped = [...proposed.dropped, ...rules.dropped];
    return {
      formulations,
      dropped,
      refused: formulations.length > 0 ? null : rules.refused,
    } satisfies BrainstormOutput;
  };
}

async function brainstorm(
  input: BrainstormInput,
  found: readonly Formulation[],
  options: BrainstormerOptions,
  signal: AbortSignal,
): Promise<{ formulations: Known['taken']; dropped: readonly Dropped[] }> {
  const { seat, desk, clock, steps, overview, tools } = options;
  const limit = `${Math.min(input.limit, MOST_PROPOSALS)}`;
  const system = prompt('brainstormer', { protocol: prompt('protocol', { blocks: blockGuide(tools) }).text });
  const about = { dataset: input.profile.sha256, earlier: input.earlier, limit };
  const conversation = new Conversation({ desk, seat, task: null, about, system: system.text, clock, signal });
  const lines = { found: foundText(found), earlier: earlierText(input), overview, limit, steps: `${steps}` };
  conversation.say(prompt('brainstormer-task', lines).text);
  let isReady = false;
  const ready = callTool({
    name: 'ready',
    description: 'Ends the exploring; you are then asked for your proposals.',
    args: z.strictObject({}),
    remembered: false,
    run: async () => {
      isReady = true;
      return said('Good.');
    },
  });
  // A model that explores until its steps are used up may still have good proposals.
  const end = await runAgent(
    conversation,
    { tools: [...tools, ready], finished: () => isReady || null, steps },
    signal,
  );
  if (end.kind === 'stopped' && end.code === 'MODEL_REFUSED') {
    return { formulations: [], dropped: [{ idea: 'proposals of the model', code: end.code, reason: end.reason }] };
  }
  conversation.say(prompt('brainstormer-answer', { limit }).text);
  return collect(conversation, { input, found, proofs: options.proofs() });
}

/** Takes what holds; what does not is told once, and may be put right. */
async function collect(
  conversation: Conversation,
  { input, found, proofs }: { input: BrainstormInput; found: readonly Formulation[]; proofs: readonly Proof[] },
): Promise<{ formulations: Known['taken']; dropped: readonly Dropped[] }> {
  const taken: Known['taken'][number][] = [];
  const dropped: Dropped[] = [];
  const take = (proposals: readonly Proposed[]): Dropped[] =>
    proposals.flatMap((proposed) => {
      const judged = judgeProposal(proposed, { profile: input.profile, proofs, found, earlier: input.earlier, taken });
      if (judged.kind === 'proposal') taken.push(judged.proposal);
      return judged.kind === 'proposal' ? [] : [{ idea: proposed.title, code: judged.code, reason: judged.reason }];
    });
  const first = await conversation.askFor('proposals', answerSchema);
  if (first.kind === 'stopped')
    return { formulations: [], dropped: [{ idea: 'proposals of the model', code: first.code, reason: first.reason }] };
  const faults = take(first.value.proposals);
  if (faults.length === 0) return { formulations: taken, dropped };
  const list = faults.map(({ idea, reason }) => `- ${idea}: ${reason}`).join('\n');
  conversation.say(
    `These proposals cannot be taken:\n${list}\nWrite down the ones that you can put right, in the same form, and leave the others out.`,
  );
  const second = await conversation.askFor('proposals', answerSchema);
  dropped.push(...(second.kind === 'stopped' ? faults : take(second.value.proposals)));
  return { formulations: taken, dropped };
}

function foundText(found: readonly Formulation[]): string {
  if (found.length === 0) return 'Nothing.';
  return found
    .map(
      ({ id, title, objective, metric, split }) =>
        `- ${id}: ${title} (${objective}, ${metric.name}, ${split.kind} split)`,
    )
    .join('\n');
}

function earlierText({ earlier }: BrainstormInput): string {
  if (earlier.length === 0) return 'None.';
  return earlier.map(({ id, title, target }) => `- ${id}: ${title} (target ${target.join(', ')})`).join('\n');
}
