// Which recorded reply answers a request: the key is a hash of what the model reads. Limits and sampling are left out,
// so a cassette survives another budget; images count by their hash, so a cassette stays small.
import { hashValue, sha256 } from '../../task/hashing.ts';
import type { ChatMessage, ChatRequest, ContentPart } from '../port.ts';

/** What the model reads, as it is hashed and as a cassette keeps it. */
export type ReadRequest = Pick<ChatRequest, 'messages' | 'tools' | 'toolChoice' | 'format'>;

/**
 * The request without limits and sampling, its images replaced by their sha256. What no model can tell apart is spelt alike:
 * text in two parts and in one, a choice among no tools.
 */
export function whatTheModelReads({ messages, tools, toolChoice, format }: ReadRequest): ReadRequest {
  return {
    messages: messages.map(readMessage),
    tools: tools.map(({ name, description, parameters }) => ({ name, description, parameters })),
    toolChoice: tools.length === 0 ? 'none' : toolChoice,
    format,
  };
}

/** sha256 of what the model reads. */
export function requestKey(request: ReadRequest): string {
  return hashValue(whatTheModelReads(request));
}

const hashed = 'sha256:';

function readMessage(message: ChatMessage): ChatMessage {
  if (message.role !== 'user') return message;
  const parts: ContentPart[] = [];
  for (const part of message.parts) {
    const last = parts.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') {
      parts[parts.length - 1] = { kind: 'text', text: last.text + part.text };
    } else parts.push(part.kind === 'text' ? part : hashedImage(part));
  }
  return { ...message, parts };
}

function hashedImage(image: Extract<ContentPart, { kind: 'image' }>): ContentPart {
  if (image.base64.startsWith(hashed)) return image;
  return { ...image, base64: `${hashed}${sha256(image.base64)}` };
}
