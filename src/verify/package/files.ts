// The text of a package's files, with places in them: findings point at the exact line.
import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileStart, lineRange, type Range } from '../../task/findings.ts';
import { listFiles } from '../../task/hashing.ts';
import { FileHashes } from '../cache/file-hashes.ts';
import { type JsonPlaces, locateJson } from './json-places.ts';
import { rangeOf } from './text-places.ts';

// Larger files are data, never source that a finding points into.
const MAX_TEXT_BYTES = 2_000_000;

/** Reads files of one package once; paths are relative with forward slashes. */
export class PackageFiles {
  readonly folder: string;
  readonly #texts = new Map<string, Promise<string | null>>();
  readonly #places = new Map<string, Promise<JsonPlaces>>();
  readonly #hashes = new Map<string, Promise<string>>();
  readonly #fileHashes: FileHashes;
  #list: Promise<readonly string[]> | undefined;

  constructor(folder: string, fileHashes = new FileHashes()) {
    this.folder = folder;
    this.#fileHashes = fileHashes;
  }

  /** Regular files of the package, sorted. */
  list(): Promise<readonly string[]> {
    this.#list ??= listFiles(this.folder);
    return this.#list;
  }

  /** sha256 of a regular file. */
  hash(file: string): Promise<string> {
    const known = this.#hashes.get(file);
    if (known !== undefined) return known;
    const hash = this.#fileHashes.of(path.join(this.folder, file));
    this.#hashes.set(file, hash);
    return hash;
  }

  /** Text of a regular file up to 2 MB; null when absent, larger, or no regular file. Symbolic links are not followed. */
  text(file: string): Promise<string | null> {
    const known = this.#texts.get(file);
    if (known !== undefined) return known;
    const read = this.#read(file);
    this.#texts.set(file, read);
    return read;
  }

  async #read(file: string): Promise<string | null> {
    const absolute = path.join(this.folder, file);
    try {
      const status = await lstat(absolute);
      return status.isFile() && status.size <= MAX_TEXT_BYTES ? await readFile(absolute, 'utf8') : null;
    } catch {
      return null; // absent files are reported by the structure checks
    }
  }

  /** A line given by its one-based number, as Python reports it; the start of the file when there is no such line. */
  async line(file: string, oneBased: number): Promise<Range> {
    const text = (await this.text(file))?.split('\n')[oneBased - 1];
    return text === undefined ? fileStart : lineRange(oneBased - 1, text.replace(/\r$/, '').length);
  }

  /** First place of a text or a pattern in a file; the start of the file when it does not occur. */
  async find(file: string, wanted: string | RegExp): Promise<Range> {
    const text = await this.text(file);
    if (text === null) return fileStart;
    const match = typeof wanted === 'string' ? indexOf(text, wanted) : wanted.exec(text);
    return match === null ? fileStart : rangeOf(text, match.index, match[0].length);
  }

  /** Places of keys and values in a JSON file of the package, by path. */
  json(file: string): Promise<JsonPlaces> {
    const known = this.#places.get(file);
    if (known !== undefined) return known;
    const places = this.text(file).then((text) => locateJson(text ?? ''));
    this.#places.set(file, places);
    return places;
  }

  /** The place of a manifest entry in task.json, or of its nearest enclosing entry that is written there. */
  async manifestEntry(...keys: readonly (string | number)[]): Promise<Range> {
    return (await this.json('task.json')).at(keys);
  }
}

function indexOf(text: string, wanted: string): { index: number; 0: string } | null {
  const index = text.indexOf(wanted);
  return index < 0 ? null : { index, 0: wanted };
}
