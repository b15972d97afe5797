// Results of stages, stored under the hash of their content: what is read back is what was written, or nothing.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../task/atomic-write.ts';
import { sha256 } from '../task/hashing.ts';

export class Artifacts {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Stores a value and returns its hash. Keys keep their order, since reports show them in it. */
  async put(value: unknown): Promise<string> {
    const text = JSON.stringify(value);
    const hash = sha256(text);
    if ((await this.#text(hash)) === null) await writeFileAtomic(this.#file(hash), text);
    return hash;
  }

  /** The value behind a hash; undefined when it is absent or does not verify. */
  async get(hash: string): Promise<unknown> {
    const text = await this.#text(hash);
    return text === null ? undefined : JSON.parse(text);
  }

  async #text(hash: string): Promise<string | null> {
    const text = await readFile(this.#file(hash), 'utf8').catch(() => null);
    return text !== null && sha256(text) === hash ? text : null;
  }

  #file(hash: string): string {
    return path.join(this.#folder, `${hash}.json`);
  }
}
