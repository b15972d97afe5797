// Tools for models and servers that know none: they are told in the prompt, called in the text, and answered in the next turn.
import type { ChatMessage, ChatRequest, ContentPart, ToolCall, ToolSpec } from '../port.ts';

export const callOpens = '<tool_call>';
export const callCloses = '</tool_call>';

/** The same conversation without tools on the wire. */
export function spellOutTools(request: ChatRequest): ChatRequest {
  const { tools, toolChoice } = request;
  const offered = tools.length > 0 && toolChoice !== 'none' ? [instruction(tools, toolChoice === 'required')] : [];
  const [first, ...rest] = request.messages;
  const opening = first?.role === 'system' ? [first.text] : [];
  const others = first?.role === 'system' ? rest : request.messages;
  const system = [...opening, ...offered].join('\n\n');
  const spoken = mergeTurns(others.map(spell));
  const messages: ChatMessage[] = system === '' ? spoken : [{ role: 'system', text: system }, ...spoken];
  return { ...request, messages, tools: [], toolChoice: 'none' };
}

function instruction(tools: readonly ToolSpec[], required: boolean): string {
  return [
    'You can call tools. To call one, end your answer with',
    `${callOpens}\n{"name": "NAME", "arguments": {}}\n${callCloses}`,
    'and write nothing behind it. The result comes in the next message. These are the tools, with the JSON schemas of their arguments:',
    ...tools.map(({ name, description, parameters }) => JSON.stringify({ name, description, parameters })),
    ...(required ? ['Call one of them now.'] : []),
  ].join('\n');
}

function spell(message: ChatMessage): ChatMessage {
  if (message.role === 'tool') {
    // A result is data; it must not be able to end itself.
    const inside = message.text.replaceAll('</tool_response', '<\\/tool_response');
    const text = `<tool_response name=${JSON.stringify(message.name)}>\n${inside}\n</tool_response>`;
    return { role: 'user', parts: [{ kind: 'text', text }] };
  }
  if (message.role !== 'assistant' || message.toolCalls.length === 0) return message;
  const calls = message.toolCalls.map(spellCall);
  return { role: 'assistant', text: [message.text, ...calls].filter((part) => part !== '').join('\n'), toolCalls: [] };
}

function spellCall({ name, arguments: given }: ToolCall): string {
  return `${callOpens}\n{"name": ${JSON.stringify(name)}, "arguments": ${given}}\n${callCloses}`;
}

/** Templates without tools often want user and assistant to take turns. */
function mergeTurns(messages: readonly ChatMessage[]): ChatMessage[] {
  const merged: ChatMessage[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    if (message.role === 'user' && last?.role === 'user') {
      const gap: ContentPart = { kind: 'text', text: '\n\n' };
      merged[merged.length - 1] = { role: 'user', parts: [...last.parts, gap, ...message.parts] };
    } else merged.push(message);
  }
  return merged;
}
