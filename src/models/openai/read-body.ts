// Reads a response of status 200, whatever it turns out to be: a stream, one JSON document, or something else altogether.
import type { Watchdog } from '../clocks.ts';
import { type Chunk, chunkSchema } from './chunk.ts';
import type { Gathered } from './gathered.ts';
import { SseParser } from './sse.ts';

export type BodyEnd =
  /** The server said that it was done. */
  | { readonly kind: 'answered' }
  /** It stopped in the middle. */
  | { readonly kind: 'cut'; readonly why: string }
  /** It wrote on and on, and was cut off. */
  | { readonly kind: 'overlong' }
  /** It does not speak this protocol; `head` is how its answer begins. */
  | { readonly kind: 'alien'; readonly head: string }
  /** An error inside a response that began well. */
  | { readonly kind: 'error'; readonly status: number | null; readonly message: string; readonly code: string };

export interface ReadOptions {
  readonly watchdog: Watchdog;
  readonly onText?: ((delta: string) => void) | undefined;
  readonly longestAnswer: number;
}

/** How much of a stranger's answer is kept to show it. */
const headCharacters = 2000;
/** Largest document that is read in one piece. */
const largestDocument = 16 * 1024 * 1024;

/** Reads to the end of the answer. @throws what the wire throws when the connection is lost. */
export async function readBody(response: Response, gathered: Gathered, options: ReadOptions): Promise<BodyEnd> {
  if (response.body === null) return { kind: 'alien', head: '' };
  const pieces = decode(response.body);
  const streams = /event-stream/i.test(response.headers.get('content-type') ?? '');
  if (streams) return readEvents(pieces, gathered, options);
  let text = '';
  for await (const piece of pieces) {
    options.watchdog.alive(false, false);
    text += piece;
    // A stream that does not call itself one.
    if (/^\s*(data|event|id|retry)?:/.test(text)) return readEvents(prepend(text, pieces), gathered, options);
    if (text.length > largestDocument) return { kind: 'overlong' };
  }
  return readDocument(text, gathered, options);
}

async function* decode(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const bytes of body) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

async function* prepend(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

async function readEvents(pieces: AsyncGenerator<string>, gathered: Gathered, options: ReadOptions): Promise<BodyEnd> {
  const parser = new SseParser();
  const state = { head: '', done: false };
  for await (const piece of pieces) {
    if (state.head.length < headCharacters) state.head += piece;
    options.watchdog.alive(gathered.begun, gathered.finish !== null);
    for (const data of parser.push(piece)) {
      const end = data === null ? null : takeEvent(data, gathered, options, state);
      if (end !== null) return end;
    }
  }
  for (const data of parser.end()) {
    const end = takeEvent(data, gathered, options, state);
    if (end !== null) return end;
  }
  if (state.done || gathered.finish !== null) return { kind: 'answered' };
  return gathered.spoke ? { kind: 'cut', why: 'the stream ended early' } : { kind: 'alien', head: state.head };
}

/** Takes one event in; returns the end when it is one. */
function takeEvent(data: string, gathered: Gathered, options: ReadOptions, state: { done: boolean }): BodyEnd | null {
  if (data.trim() === '') return null;
  for (const chunk of parseData(data)) {
    if (chunk === 'done') {
      state.done = true;
      return gathered.spoke ? { kind: 'answered' } : { kind: 'alien', head: data };
    }
    if (chunk === null) return { kind: 'cut', why: 'a piece of the stream is not JSON' };
    const end = takeChunk(chunk, gathered, options);
    if (end !== null) return end;
  }
  return null;
}

function takeChunk(chunk: Chunk, gathered: Gathered, options: ReadOptions): BodyEnd | null {
  if (chunk.error) return errorEnd(chunk.error);
  const added = gathered.add(chunk);
  options.watchdog.alive(gathered.begun, gathered.finish !== null);
  if (added !== '') options.onText?.(added);
  return gathered.size > options.longestAnswer ? { kind: 'overlong' } : null;
}

/** The chunks of one event; null stands for what is not JSON. Servers that forget the empty line send several at once. */
function parseData(data: string): (Chunk | 'done' | null)[] {
  const whole = parseChunk(data);
  return whole !== null || !data.includes('\n') ? [whole] : data.split('\n').map(parseChunk);
}

function parseChunk(data: string): Chunk | 'done' | null {
  if (data.trim() === '[DONE]') return 'done';
  try {
    const parsed = chunkSchema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function readDocument(text: string, gathered: Gathered, options: ReadOptions): BodyEnd {
  const chunk = parseChunk(text);
  if (chunk === null || chunk === 'done') return { kind: 'alien', head: text.slice(0, headCharacters) };
  const end = takeChunk(chunk, gathered, options);
  if (end !== null) return end;
  return gathered.spoke ? { kind: 'answered' } : { kind: 'alien', head: text.slice(0, headCharacters) };
}

function errorEnd(error: NonNullable<Chunk['error']>): BodyEnd {
  if (typeof error === 'string') return { kind: 'error', status: null, message: error, code: '' };
  const { code, type } = error;
  const status = Number(code);
  const words = [code, type].filter((each) => typeof each === 'string').join(' ');
  const message = error.message ?? JSON.stringify(error);
  return { kind: 'error', status: status >= 400 && status < 600 ? status : null, message, code: words };
}
