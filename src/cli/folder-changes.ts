// Waits for saves in a folder by looking at sizes and times. Events of the system differ between platforms and get lost
// when editors write aside and rename; a look costs milliseconds and always tells the truth.
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashValue, listFiles } from '../task/hashing.ts';

/** Below this nobody notices the wait. */
const LOOK_MS = 80;
/** Looking takes at most this share of the time, however many files there are. */
const LOOKING_SHARE = 0.1;

export class FolderChanges {
  readonly #folder: string;
  readonly #counts: (file: string) => boolean;
  #seen: string | null = null;
  #pause = LOOK_MS;

  /** `counts` tells which files (relative, forward slashes) are of interest. */
  constructor(folder: string, counts: (file: string) => boolean) {
    this.#folder = folder;
    this.#counts = counts;
  }

  /** Takes the folder as it is now for known; what changes from here on is news for `next`. */
  async look(): Promise<void> {
    this.#seen = await this.#state();
  }

  /** Ends when the folder differs from what `look` saw and has stopped changing, or when the signal fires. */
  async next(signal: AbortSignal): Promise<void> {
    let before = this.#seen;
    while (!signal.aborted) {
      await sleep(this.#pause, undefined, { signal }).catch(() => {}); // the signal ends the loop
      const now = await this.#state();
      if (now !== this.#seen && now === before) return;
      before = now;
    }
  }

  /** One value for all files with their sizes and times; `gone` when there is no such folder. */
  async #state(): Promise<string> {
    const started = performance.now();
    try {
      const files = (await listFiles(this.#folder)).filter(this.#counts);
      const states = files.map(async (file) => {
        const { ino, size, mtimeNs, ctimeNs } = await lstat(path.join(this.#folder, file), { bigint: true });
        return [file, ino, size, mtimeNs, ctimeNs].join(' ');
      });
      return hashValue(await Promise.all(states));
    } catch {
      return 'gone'; // or in the middle of being written; the next look tells
    } finally {
      this.#pause = Math.max(LOOK_MS, (performance.now() - started) / LOOKING_SHARE);
    }
  }
}
