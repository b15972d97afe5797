// The loop that every model-driven agent shares: ask, do what the answer asks for, tell what came of it, until finished.
import type { ChatReply } from '../../models/port.ts';
import { throwIfCancelled } from '../../task/errors.ts';
import { hashValue } from '../../task/hashing.ts';
import { type Action, actionsOf } from './actions.ts';
import type { AgentEnd, StopCode } from './agent-end.ts';
import type { Conversation } from './conversation.ts';
import { perform } from './perform.ts';
import type { Tool } from './tool.ts';

export interface Duty<Value> {
  readonly tools: readonly Tool[];
  /** What the agent has handed over; null while it works. */
  finished(): Value | null;
  /** Exchanges at most. */
  readonly steps: number;
}

/** Answers in a row that do nothing: the model talks to itself. */
const IDLE_ANSWERS = 3;
/** The same action with the same words so often in a row: it goes in a circle. */
const SAME_ACTIONS = 4;
const WARN_BEFORE = 2;
/** More in one answer is no plan but a flood. */
const ACTIONS_PER_ANSWER = 12;

const idle =
  'Nothing was done: your answer holds no tool call and no block that is a tool. Use a tool, or finish when the work is done.';
const cut = 'Your answer was cut off at the output limit. Do less in one answer.';

/**
 * Works until the duty is finished, the steps are used up, the model refuses or goes in circles.
 * @throws ForgeError when the endpoint fails for good, when a budget is spent, or on cancellation.
 */
export async function runAgent<Value>(
  conversation: Conversation,
  duty: Duty<Value>,
  signal: AbortSignal,
): Promise<AgentEnd<Value>> {
  let idleAnswers = 0;
  const circle = new Circle();
  for (let left = duty.steps; left > 0; left -= 1) {
    throwIfCancelled(signal);
    const reply = await conversation.ask(duty.tools);
    if (reply.outcome === 'refusal') return stopped('MODEL_REFUSED', refusalOf(reply));
    const actions = actionsOf(reply, duty.tools);
    idleAnswers = actions.length === 0 ? idleAnswers + 1 : 0;
    if (idleAnswers >= IDLE_ANSWERS)
      return stopped('MODEL_IDLE', `It did nothing in ${IDLE_ANSWERS} answers in a row.`);
    const repeats = circle.take(actions);
    if (repeats >= SAME_ACTIONS) return stopped('MODEL_LOOP', `It asked for the same ${repeats} times in a row.`);
    await act(conversation, actions, duty.tools, remarkOn(reply, actions, repeats, left - 1), signal);
    const value = duty.finished();
    if (value !== null) return { kind: 'finished', value };
  }
  return stopped('MODEL_STEPS', `It did not finish in ${duty.steps} steps.`);
}

async function act(
  conversation: Conversation,
  actions: readonly Action[],
  tools: readonly Tool[],
  remark: string | null,
  signal: AbortSignal,
): Promise<void> {
  const results = [];
  for (const [index, action] of actions.entries()) {
    throwIfCancelled(signal);
    const tool = tools.find(({ name }) => name === action.name);
    const flood =
      index >= ACTIONS_PER_ANSWER
        ? { ...action, fault: `Not done: more than ${ACTIONS_PER_ANSWER} actions in one answer.` }
        : action;
    const result = await conversation.act(flood, index, tool, () => perform(flood, tools, signal));
    results.push({ action, result });
  }
  conversation.answer(results, remark);
}

function remarkOn(reply: ChatReply, actions: readonly Action[], repeats: number, left: number): string | null {
  const remarks: string[] = [];
  if (reply.outcome === 'length') remarks.push(cut);
  else if (actions.length === 0) remarks.push(idle);
  if (repeats >= WARN_BEFORE) remarks.push('This is what you did before, with the same result. Do something else.');
  if (left > 0 && left <= 3) remarks.push(`${left} ${left === 1 ? 'answer is' : 'answers are'} left: finish.`);
  return remarks.length === 0 ? null : remarks.join(' ');
}

/** Counts answers in a row that ask for exactly the same. */
class Circle {
  #last = '';
  #count = 0;

  take(actions: readonly Action[]): number {
    const now = actions.length === 0 ? '' : hashValue(actions.map(({ name, input }) => ({ name, input })));
    this.#count = now !== '' && now === this.#last ? this.#count + 1 : 1;
    this.#last = now;
    return this.#count;
  }
}

function refusalOf(reply: ChatReply): string {
  const words = reply.failure?.message ?? reply.text;
  return words === '' ? 'It refused without saying why.' : `It refused: ${words.slice(0, 300)}`;
}

function stopped(code: StopCode, reason: string): { kind: 'stopped'; code: StopCode; reason: string } {
  return { kind: 'stopped', code, reason };
}
