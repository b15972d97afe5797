// A request of the port in OpenAI's words.
import type { OpenAI } from 'openai';
import type { Compat } from '../compat.ts';
import type { ChatMessage, ChatRequest, ContentPart } from '../port.ts';
import type { Rung } from './ladder.ts';
import { withInstruction } from './schema-instruction.ts';
import { spellOutTools } from './spoken-tools.ts';

export type WireBody = OpenAI.Chat.ChatCompletionCreateParamsStreaming;
type WireMessage = OpenAI.Chat.ChatCompletionMessageParam;
type WireTool = OpenAI.Chat.ChatCompletionTool;

/** The body of one streaming chat completion. */
export function wireBody(asked: ChatRequest, model: string, rung: Rung, compat: Compat): WireBody {
  const request = compat.tools ? asked : spellOutTools(asked);
  const tools = wireTools(request, rung);
  const choice = toolChoice(request, rung, compat);
  return {
    ...compat.extraBody,
    model,
    // Servers fail open, so the schema stands in the prompt on every rung.
    messages: wireMessages(withInstruction(request), compat),
    stream: true,
    ...(compat.usageInStream ? { stream_options: { include_usage: true } } : {}),
    [compat.maxTokensField]: request.maxOutputTokens,
    ...(request.temperature !== null && compat.temperature ? { temperature: request.temperature } : {}),
    ...(request.seed !== null && compat.seed ? { seed: request.seed } : {}),
    ...(tools.length > 0 ? { tools } : {}),
    ...(choice === null ? {} : { tool_choice: choice }),
    ...responseFormat(request, rung),
  };
}

/** What the answer tool of the rung `tool` is called; servers take letters, digits, dashes and 64 characters. */
export function answerToolName(format: NonNullable<ChatRequest['format']>): string {
  return format.name.replace(/[^\w-]/g, '_').slice(0, 64);
}

function wireMessages(messages: readonly ChatMessage[], { systemRole }: Compat): WireMessage[] {
  if (systemRole !== 'user') return messages.map((message) => wireMessage(message, systemRole));
  const system = messages.flatMap((message) => (message.role === 'system' ? [message.text] : []));
  const others = messages.filter(({ role }) => role !== 'system');
  if (system.length === 0) return others.map((message) => wireMessage(message, 'system'));
  const opening: ContentPart = { kind: 'text', text: `${system.join('\n\n')}\n\n` };
  const [first, ...rest] = others;
  const led: readonly ChatMessage[] =
    first?.role === 'user'
      ? [{ role: 'user', parts: [opening, ...first.parts] }, ...rest]
      : [{ role: 'user', parts: [opening] }, ...others];
  return led.map((message) => wireMessage(message, 'system'));
}

function wireMessage(message: ChatMessage, systemRole: 'system' | 'developer'): WireMessage {
  switch (message.role) {
    case 'system':
      return { role: systemRole, content: message.text };
    case 'user':
      return { role: 'user', content: wireContent(message.parts) };
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.text };
    case 'assistant': {
      const calls = message.toolCalls.map((call) => ({
        id: call.id,
        type: 'function' as const,
        function: { name: call.name, arguments: call.arguments },
      }));
      // Some servers refuse an assistant message without content, OpenAI takes null only beside calls.
      const content = message.text === '' && calls.length > 0 ? null : message.text;
      return { role: 'assistant', content, ...(calls.length > 0 ? { tool_calls: calls } : {}) };
    }
  }
}

/** A plain string where there are no images: many servers know no list of parts. */
function wireContent(parts: readonly ContentPart[]): string | OpenAI.Chat.ChatCompletionContentPart[] {
  if (parts.every((part) => part.kind === 'text')) return parts.map(({ text }) => text).join('');
  return parts.map((part) =>
    part.kind === 'text'
      ? { type: 'text', text: part.text }
      : { type: 'image_url', image_url: { url: `data:${part.mediaType};base64,${part.base64}` } },
  );
}

function wireTools({ tools, format }: ChatRequest, rung: Rung): WireTool[] {
  const own = tools.map(({ name, description, parameters }) => ({ name, description, parameters }));
  const answer =
    rung === 'tool' && format !== null
      ? [{ name: answerToolName(format), description: 'Gives the answer.', parameters: format.schema }]
      : [];
  return [...own, ...answer].map(
    (tool) => ({ type: 'function', function: { ...tool, parameters: { ...tool.parameters } } }) as const,
  );
}

function toolChoice(
  { tools, toolChoice: wanted, format }: ChatRequest,
  rung: Rung,
  { forcedTool }: Compat,
): OpenAI.Chat.ChatCompletionToolChoiceOption | null {
  if (rung === 'tool' && format !== null) {
    if (!forcedTool) return 'auto';
    return tools.length > 0 ? 'required' : { type: 'function', function: { name: answerToolName(format) } };
  }
  if (tools.length === 0) return null;
  return wanted === 'required' && !forcedTool ? 'auto' : wanted;
}

function responseFormat({ format }: ChatRequest, rung: Rung): Pick<WireBody, 'response_format'> {
  if (format === null) return {};
  if (rung === 'json_object') return { response_format: { type: 'json_object' } };
  if (rung !== 'json_schema') return {};
  const json_schema = { name: answerToolName(format), strict: true, schema: { ...format.schema } };
  return { response_format: { type: 'json_schema', json_schema } };
}
