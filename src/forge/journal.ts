// The truth about a run: an append-only file of hash-chained lines. State is what folding them gives.
import { type FileHandle, open, readFile, truncate } from 'node:fs/promises';
import { ForgeError } from '../task/errors.ts';
import type { Clock } from '../task/ports.ts';
import { chained, type JournalBody, type JournalEntry, parseEntry } from './journal-entry.ts';

/**
 * The entries of a journal, and how many bytes of the file they take. A torn last line, as a killed process leaves it,
 * is left out; a damaged line elsewhere is refused.
 */
export async function readJournal(file: string): Promise<{ entries: JournalEntry[]; bytes: number }> {
  const content = await readFile(file);
  const entries: JournalEntry[] = [];
  let bytes = 0;
  while (bytes < content.length) {
    const end = content.indexOf('\n', bytes);
    const line = end < 0 ? '' : content.toString('utf8', bytes, end);
    const entry = end < 0 ? null : parseEntry(line, entries.at(-1));
    if (entry === null) {
      const isLast = end < 0 || end === content.length - 1;
      if (isLast) break;
      throw new ForgeError(
        'JOURNAL_DAMAGED',
        `Line ${entries.length + 1} of ${file} does not verify.`,
        'The journal was edited or the disk damaged it. Start a new run without --resume.',
      );
    }
    entries.push(entry);
    bytes = end + 1;
  }
  return { entries, bytes };
}

/** Appends to a journal; the caller holds the run's lock. */
export class Journal {
  readonly #handle: FileHandle;
  readonly #clock: Clock;
  #last: JournalEntry | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(handle: FileHandle, clock: Clock, last: JournalEntry | undefined) {
    this.#handle = handle;
    this.#clock = clock;
    this.#last = last;
  }

  /** Opens a journal for writing after cutting off a torn last line. */
  static async open(file: string, clock: Clock): Promise<{ journal: Journal; entries: readonly JournalEntry[] }> {
    const handle = await open(file, 'a');
    try {
      const { entries, bytes } = await readJournal(file);
      await truncate(file, bytes);
      return { journal: new Journal(handle, clock, entries.at(-1)), entries };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Writes one line; on return of a `durable` append it survives a power cut. */
  append(body: JournalBody, durable = false): Promise<void> {
    // A stage remembers results while its events are written down: one line after the other.
    const written = this.#writing.then(() => this.#append(body, durable));
    this.#writing = written.catch(() => {});
    return written;
  }

  async #append(body: JournalBody, durable: boolean): Promise<void> {
    const entry = chained(this.#last, this.#clock.now(), body);
    await this.#handle.appendFile(`${JSON.stringify(entry)}\n`);
    this.#last = entry;
    if (durable) await this.#handle.datasync();
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#handle.close();
  }
}
