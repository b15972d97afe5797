// How many records a CSV file holds, without reading it into memory.
import { createReadStream } from 'node:fs';

const quote = 0x22;
const newline = 0x0a;

/** Records below the header of a CSV file; line ends inside quotation marks do not count. 0 when the file is absent. */
export async function countCsvRows(file: string): Promise<number> {
  let quoted = false;
  let records = 0;
  let last = newline;
  try {
    for await (const chunk of createReadStream(file)) {
      for (const byte of chunk as Buffer) {
        if (byte === quote) quoted = !quoted;
        else if (byte === newline && !quoted) records += 1;
        last = byte;
      }
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
  if (last !== newline) records += 1;
  return Math.max(0, records - 1);
}
