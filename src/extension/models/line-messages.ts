// A request of the port in the editor's words: two roles, tools, and for a structured answer one private tool.

import { withInstruction } from '../../models/openai/schema-instruction.ts';
import { answerToolName } from '../../models/openai/wire.ts';
import type { ChatMessage, ChatRequest } from '../../models/port.ts';
import type { LineMessage, LinePart, LineRequest } from './editor-line.ts';

/** How a structured answer is asked for: as the arguments of one tool, or by the prompt where a model has no tools. */
export type LineRung = 'plain' | 'tool' | 'prompt';

const instructionsBegin = '[Instructions of the program that asks you]';
const instructionsEnd = '[End of the instructions]';

export function lineRequest(request: ChatRequest, rung: LineRung): LineRequest {
  const messages = lineMessages(withInstruction(request));
  const { format, tools, toolChoice } = request;
  if (format !== null) {
    const answer = { name: answerToolName(format), description: 'Gives the answer.', parameters: format.schema };
    // Some models take no more than one tool when they must call one.
    return rung === 'tool' ? { messages, tools: [answer], mustCall: true } : { messages, tools: [], mustCall: false };
  }
  const offered = toolChoice === 'none' ? [] : tools;
  return { messages, tools: offered, mustCall: toolChoice === 'required' && offered.length === 1 };
}

/** System text goes into the first message of the user, between marks; neighbours of one role become one message. */
function lineMessages(messages: readonly ChatMessage[]): LineMessage[] {
  const system = messages.flatMap((message) => (message.role === 'system' ? [message.text] : [])).join('\n\n');
  const opening = `${instructionsBegin}\n${system}\n${instructionsEnd}\n\n`;
  const said: LineMessage[] = system === '' ? [] : [{ role: 'user', parts: [{ kind: 'text', text: opening }] }];
  for (const message of messages) {
    if (message.role === 'system') continue;
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const parts = lineParts(message);
    const last = said.at(-1);
    // Providers refuse an empty message.
    if (parts.length === 0) continue;
    if (last?.role === role) said[said.length - 1] = { role, parts: [...last.parts, ...parts] };
    else said.push({ role, parts });
  }
  return said;
}

function lineParts(message: Exclude<ChatMessage, { role: 'system' }>): LinePart[] {
  switch (message.role) {
    case 'user':
      return message.parts.map((part) => ({
        kind: 'text',
        // The adapter says that its models see none, so a picture only comes from the record of another model.
        text: part.kind === 'text' ? part.text : `[a picture, ${part.mediaType}, which cannot be shown here]`,
      }));
    case 'tool':
      return [{ kind: 'result', callId: message.callId, text: message.text }];
    case 'assistant': {
      const calls = message.toolCalls.map(
        ({ id, name, arguments: text }): LinePart => ({ kind: 'call', id, name, input: parsed(text) }),
      );
      return message.text === '' ? calls : [{ kind: 'text', text: message.text }, ...calls];
    }
  }
}

/** Arguments that were no JSON object were never acted on; what the model was told about them follows. */
function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** All that is sent, as one text, for counting. */
export function spokenText({ messages, tools }: LineRequest): string {
  const said = messages.flatMap(({ parts }) => parts.map(partText));
  return [...said, ...tools.map((tool) => JSON.stringify(tool))].join('\n');
}

/** A part as text, for counting. */
export function partText(part: LinePart): string {
  return part.kind === 'call' ? `${part.name} ${JSON.stringify(part.input)}` : part.text;
}
