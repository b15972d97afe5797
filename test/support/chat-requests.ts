// Small requests for tests of models.
import type { ChatRequest } from '../../src/models/port.ts';

/** One user message, no tools, no format, unless the test says otherwise. */
export function ask(text: string, more: Partial<ChatRequest> = {}): ChatRequest {
  return {
    messages: [{ role: 'user', parts: [{ kind: 'text', text }] }],
    tools: [],
    toolChoice: 'none',
    format: null,
    maxOutputTokens: 200,
    temperature: null,
    seed: null,
    ...more,
  };
}

/** A signal that never fires. */
export const calm = (): AbortSignal => new AbortController().signal;
