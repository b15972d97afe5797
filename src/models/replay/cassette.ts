// A cassette: recorded exchanges as JSON Lines, our own or a server's log in OpenAI's format. What was asked once is answered
// again without a network and for nothing.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ForgeError } from '../../task/errors.ts';
import type { ChatReply } from '../port.ts';
import { readRequestSchema, replySchema } from '../port-schema.ts';
import { type ReadRequest, whatTheModelReads } from './request-key.ts';
import { wireExchange, wireLine } from './wire-line.ts';

export interface Exchange {
  readonly request: ReadRequest;
  readonly reply: ChatReply;
}

const version = 1;
const ownLine = z.strictObject({ cassette: z.literal(version), request: readRequestSchema, reply: replySchema });

/** One line of a cassette, without its line break. */
export function cassetteLine({ request, reply }: Exchange): string {
  return JSON.stringify({ cassette: version, request: whatTheModelReads(request), reply });
}

/** @throws ForgeError `CASSETTE_UNREADABLE` with the line that is at fault. */
export function parseCassette(text: string, name: string): Exchange[] {
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, name, index + 1)]));
}

/** @throws ForgeError `CASSETTE_MISSING` or `CASSETTE_UNREADABLE`. */
export async function readCassette(file: string): Promise<Exchange[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ForgeError(
      'CASSETTE_MISSING',
      `The cassette ${file} cannot be read.`,
      'Check the path, or record it anew.',
      'input',
      error,
    );
  });
  return parseCassette(text, file);
}

function parseLine(line: string, name: string, number: number): Exchange {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw unreadable(name, number, 'is not JSON', error);
  }
  const recorded = wireLine.safeParse(value);
  if (recorded.success) return wireExchange(recorded.data);
  const parsed = ownLine.safeParse(value);
  if (!parsed.success) throw unreadable(name, number, z.prettifyError(parsed.error), parsed.error);
  return { request: parsed.data.request, reply: parsed.data.reply };
}

function unreadable(name: string, line: number, why: string, cause: unknown): ForgeError {
  return new ForgeError(
    'CASSETTE_UNREADABLE',
    `Line ${line} of the cassette ${name}: ${why}`,
    'Record the cassette anew.',
    'input',
    cause,
  );
}
