// A copy of a clean package that a fault is planted into.
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PythonRuntime } from '../../src/runtime/port.ts';
import { layout } from '../../src/task/layout.ts';
import { hashPackage } from '../../src/task/package.ts';
import type { TaskSpec } from '../../src/task/spec.ts';
import { runPrepare } from '../../src/verify/runs/prepare.ts';
import type { CleanPackage } from './clean-packages.ts';
import { type CsvTable, formatCsv, parseCsv } from './csv-table.ts';

export class Draft {
  readonly #base: string;
  readonly dataset: string;
  readonly #runtime: PythonRuntime;
  #folder: string;

  private constructor(base: string, folder: string, dataset: string, runtime: PythonRuntime) {
    this.#base = base;
    this.#folder = folder;
    this.dataset = dataset;
    this.#runtime = runtime;
  }

  /** A copy of a package, under its own name. */
  static async of(clean: CleanPackage, runtime: PythonRuntime): Promise<Draft> {
    const base = await mkdtemp(path.join(tmpdir(), 'planted-'));
    const folder = path.join(base, path.basename(clean.folder));
    await cp(clean.folder, folder, { recursive: true, preserveTimestamps: true });
    return new Draft(base, folder, clean.dataset, runtime);
  }

  get folder(): string {
    return this.#folder;
  }

  at(file: string): string {
    return path.join(this.#folder, file);
  }

  read(file: string): Promise<string> {
    return readFile(this.at(file), 'utf8');
  }

  bytes(file: string): Promise<Buffer> {
    return readFile(this.at(file));
  }

  async write(file: string, content: string | Uint8Array): Promise<void> {
    await mkdir(path.dirname(this.at(file)), { recursive: true });
    await writeFile(this.at(file), content);
  }

  async append(file: string, text: string): Promise<void> {
    await this.write(file, (await this.read(file)) + text);
  }

  /** Replaces every place of a text or pattern, which must be there. */
  async replace(file: string, from: string | RegExp, to: string): Promise<void> {
    const text = await this.read(file);
    const changed = text.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'gm'), () => to);
    if (changed === text) throw new Error(`${file} does not hold ${String(from)}`);
    await this.write(file, changed);
  }

  remove(file: string): Promise<void> {
    return rm(this.at(file));
  }

  async renameFolder(name: string): Promise<void> {
    const folder = path.join(this.#base, name);
    await rename(this.#folder, folder);
    this.#folder = folder;
  }

  async manifest(): Promise<TaskSpec> {
    return JSON.parse(await this.read(layout.manifest)) as TaskSpec;
  }

  /** Changes the manifest through its JSON value. */
  async editManifest(change: (manifest: TaskSpec) => void): Promise<void> {
    const value = await this.manifest();
    change(value);
    await this.write(layout.manifest, `${JSON.stringify(value, null, 2)}\n`);
  }

  async table(file: string): Promise<CsvTable> {
    return parseCsv(await this.read(file));
  }

  /** Changes a table; what `change` returns is handed through. */
  async editTable<Result>(file: string, change: (table: CsvTable) => Result): Promise<Result> {
    const table = await this.table(file);
    const result = change(table);
    await this.write(file, formatCsv(table));
    return result;
  }

  /** Records the files as they are now, as the author of the fault would have done. */
  async stamp(): Promise<void> {
    const hashes = await hashPackage(this.#folder);
    await this.editManifest((manifest) => {
      manifest.hashes = hashes;
    });
  }

  /** Builds the data anew with the prepare.py that is there now. */
  async rebuild(): Promise<void> {
    const out = path.join(this.#base, 'rebuilt');
    await mkdir(out);
    const request = { script: this.at(layout.prepare), dataset: this.dataset, out };
    const outcome = await runPrepare(this.#runtime, request, new AbortController().signal);
    if (outcome.kind !== 'done') throw new Error(`prepare.py ends as ${JSON.stringify(outcome)}`);
    for (const part of ['public', 'private']) {
      await cp(path.join(out, part), this.at(`data/${part}`), { recursive: true });
    }
    await rm(out, { recursive: true });
  }

  /** Runs a Python program with the package as its working folder. */
  async python(code: string): Promise<void> {
    const python = process.env['MLE_FORGE_PYTHON'] ?? 'python3';
    const child = spawn(python, ['-c', code], { cwd: this.#folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString();
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    if (status !== 0) throw new Error(told);
  }

  /** Moves the package to where a person can look at it. */
  async keep(folder: string): Promise<void> {
    await mkdir(path.dirname(folder), { recursive: true });
    await cp(this.#folder, folder, { recursive: true, preserveTimestamps: true });
  }

  dispose(): Promise<void> {
    return rm(this.#base, { recursive: true, force: true });
  }
}
