// How many tokens a request may use, before it is made.
import { estimateTokenCount } from 'tokenx';
import type { ChatMessage, ChatRequest } from './port.ts';

/** tokenx misses JSON by up to 26 % against o200k, and other vocabularies need more tokens than o200k does. */
const headroom = 1.4;
/** Characters of a token in text that is no language, such as hexadecimal; tokenx takes a long word for few tokens. */
const fewestCharacters = 3;
/** Role and separators around each message, in the chat templates that were looked at: 3 to 7. */
const tokensPerMessage = 8;
/** The most that a documented vision model takes for one picture: 1536 patches times 1.62. */
const tokensPerImage = 2500;

/** Tokens of a text; an upper estimate for what is not wholly unusual text. */
export function estimateTokens(text: string): number {
  return Math.ceil(Math.max(estimateTokenCount(text) * headroom, text.length / fewestCharacters));
}

/** Tokens of the request's input, as an upper estimate. */
export function estimateInput(request: ChatRequest): number {
  const images = request.messages.flatMap((message) => (message.role === 'user' ? message.parts : []));
  const pictures = images.filter(({ kind }) => kind === 'image').length * tokensPerImage;
  return estimateTokens(spoken(request)) + request.messages.length * tokensPerMessage + pictures;
}

/** Tokens of the messages' text without headroom: what a server that read them all can hardly stay far below. */
export function plainEstimate(request: ChatRequest): number {
  return estimateTokenCount(request.messages.map(textOf).join('\n'));
}

function spoken({ messages, tools, format }: ChatRequest): string {
  const declared = [...tools, ...(format === null ? [] : [format, format])].map((each) => JSON.stringify(each));
  return [...messages.map(textOf), ...declared].join('\n');
}

function textOf(message: ChatMessage): string {
  if (message.role === 'user') return message.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n');
  if (message.role !== 'assistant') return message.text;
  return [message.text, ...message.toolCalls.map(({ name, arguments: text }) => `${name} ${text}`)].join('\n');
}
