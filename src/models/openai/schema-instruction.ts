// How a prompt asks for a structured answer.
import type { ChatRequest } from '../port.ts';

/** The text that stands behind the system message. */
export function schemaInstruction({ schema }: NonNullable<ChatRequest['format']>): string {
  return [
    'Answer with one JSON object and nothing else: no prose around it, no code fence. It must fit this JSON schema:',
    JSON.stringify(schema),
  ].join('\n');
}
