// Which recorded reply answers a request: the key is a hash of what the model reads. Limits and sampling are left out,
// so a cassette survives another budget; images count by their hash, so a cassette stays small.
import { hashValue, sha256 } from '../../task/hashing.ts';
import type { ChatMessage, ChatRequest } from '../port.ts';

/** What the model reads, as it is hashed and as a cassette keeps it. */
export type ReadRequest = Pick<ChatRequest, 'messages' | 'tools' | 'toolChoice' | 'format'>;

/** The request without limits and sampling, its images replaced by their sha256. */
export function whatTheModelReads({ messages, tools, toolChoice, format }: ReadRequest): ReadRequest {
  return { messages: messages.map(withHashedImages), tools, toolChoice, format };
}

/** sha256 of what the model reads. */
export function requestKey(request: ReadRequest): string {
  return hashValue(whatTheModelReads(request));
}

const hashed = 'sha256:';

function withHashedImages(message: ChatMessage): ChatMessage {
  if (message.role !== 'user') return message;
  const parts = message.parts.map((part) =>
    part.kind === 'text' || part.base64.startsWith(hashed)
      ? part
      : { ...part, base64: `${hashed}${sha256(part.base64)}` },
  );
  return { ...message, parts };
}
