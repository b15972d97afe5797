// A model in a role, for tests of agents.
import type { Seat } from '../../src/agents/loop/conversation.ts';
import type { AgentName } from '../../src/agents/loop/events.ts';
import type { ChatMessage, ChatModel, ChatRequest } from '../../src/models/port.ts';

/** A seat whose model costs nothing that is known. */
export function seatOf(agent: AgentName, model: ChatModel, seed: number | null = 0): Seat {
  return { agent, model, price: () => null, maxOutputTokens: 4_000, seed };
}

/** All text that a request carries to a model. */
export function sentText({ messages }: ChatRequest): string {
  return messages.map(textOf).join('\n\n');
}

/** What a model was told by the last request, without what it said itself. */
export function heardText(requests: readonly ChatRequest[]): string {
  return (requests.at(-1)?.messages ?? [])
    .filter(({ role }) => role !== 'assistant')
    .map(textOf)
    .join('\n\n');
}

/** A message as text, with its role, for golden files. */
export function textOf(message: ChatMessage): string {
  if (message.role === 'user')
    return `[user]\n${message.parts.map((part) => (part.kind === 'text' ? part.text : '[image]')).join('\n')}`;
  if (message.role === 'tool') return `[tool ${message.name}]\n${message.text}`;
  if (message.role === 'system') return `[system]\n${message.text}`;
  const calls = message.toolCalls.map((call) => `\n<call ${call.name} ${call.arguments}>`);
  return `[assistant]\n${message.text}${calls.join('')}`;
}
