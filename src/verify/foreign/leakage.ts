// Family LEK on a foreign task whose data are there: its tables are laid out as those of a package, in a folder of their
// own, and measured as such.
import { copyFile, lstat, mkdir, open, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeWorkFolder } from '../../runtime/work-folder.ts';
import { canonicalJson } from '../../task/canonical-json.ts';
import type { Finding } from '../../task/findings.ts';
import { fileStart } from '../../task/findings.ts';
import type { ForeignTask } from '../../task/foreign.ts';
import { layout } from '../../task/layout.ts';
import { schemaVersion, type TaskSpec } from '../../task/spec.ts';
import { noMemory } from '../cache/memory.ts';
import { type Check, type CheckContext, type CheckOutcome, skipped } from '../check.ts';
import { leakageCatalogue } from '../leakage/catalogue.ts';
import { leakageFamily } from '../leakage/family.ts';
import { PackageFiles } from '../package/files.ts';

/** Larger tables are not copied. */
const MAX_BYTES = 500_000_000;
/** More different whole numbers than this are a quantity, fewer are classes. */
const MOST_CLASSES = 20;
/** How much of a table tells its columns and kinds. */
const HEAD_BYTES = 200_000;

/** What only a declared split can tell. */
const UNDECLARED = new Set<Check>([leakageCatalogue.entities, leakageCatalogue.shift]);

type Tables = Readonly<Record<'answers' | 'train' | 'test', string>> & { readonly sample: string | null };

/** The outcomes of all checks of the family; skipped with the reason when the tables do not allow them. */
export async function checkForeignLeaks(task: ForeignTask, context: CheckContext): Promise<CheckOutcome[]> {
  const all = (reason: string): CheckOutcome[] => leakageFamily.checks.map((check) => skipped(check, reason));
  const { answers, train, test, sample } = task.data;
  if (answers === null || train === null || test === null) return all('needs train.csv, test.csv and the answers');
  const tables: Tables = { answers, train, test, sample };
  for (const file of [answers, train, test]) {
    const status = await lstat(file);
    if (!status.isFile() || status.size > MAX_BYTES) return all(`${path.basename(file)} is no file, or too large`);
  }
  const columns = await columnsOf(tables);
  if (columns === null) return all('no column of the answers is in train.csv and hidden in test.csv, beside an id');
  const folder = await makeWorkFolder('view');
  try {
    const manifest = manifestOf(columns);
    const places = await layOut(folder, tables, manifest);
    const view = { ...context, folder, files: new PackageFiles(folder), manifest, memory: noMemory() };
    const outcomes: CheckOutcome[] = [];
    for await (const outcome of leakageFamily.run(view)) {
      const check = leakageFamily.checks.find(({ code }) => code === outcome.code);
      if (check !== undefined && UNDECLARED.has(check)) outcomes.push(skipped(check, 'the layout declares no split'));
      else outcomes.push({ ...outcome, findings: outcome.findings.map((finding) => moved(finding, places, task)) });
    }
    return outcomes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Columns {
  readonly id: string;
  readonly targets: readonly string[];
  /** Every target holds quantities rather than classes. */
  readonly numbers: boolean;
}

async function columnsOf({ answers, train, test }: Tables): Promise<Columns | null> {
  const [truth, known, shown] = await Promise.all([answers, train, test].map(head));
  const header = truth?.[0] ?? [];
  const hidden = header.filter((name) => known?.[0]?.includes(name) && !shown?.[0]?.includes(name));
  const id = header.find((name) => shown?.[0]?.includes(name));
  if (id === undefined || hidden.length === 0) return null;
  const numbers = hidden.every((name) => {
    const cells = new Set((truth ?? []).slice(1).map((row) => row[header.indexOf(name)] ?? ''));
    const values = [...cells].filter((cell) => cell !== '').map(Number);
    return values.every(Number.isFinite) && (values.length > MOST_CLASSES || !values.every(Number.isInteger));
  });
  return { id, targets: hidden, numbers };
}

/** Cells of the first rows, split at commas: enough for headers without quotes and for numbers. */
async function head(file: string): Promise<string[][]> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const lines = buffer
      .subarray(0, bytesRead)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/);
    const whole = bytesRead < HEAD_BYTES ? lines : lines.slice(0, -1);
    return whole.filter((line) => line !== '').map((line) => line.split(',').map((cell) => cell.replace(/^"|"$/g, '')));
  } finally {
    await handle.close();
  }
}

/** Where each file of the view comes from. */
async function layOut(folder: string, tables: Tables, manifest: TaskSpec): Promise<ReadonlyMap<string, string>> {
  const places = new Map([
    [layout.train as string, tables.train],
    [layout.test, tables.test],
    [layout.answers, tables.answers],
    [layout.sampleSubmission, tables.sample ?? tables.answers],
  ]);
  for (const [file, source] of places) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await copyFile(source, path.join(folder, file));
  }
  await writeFile(path.join(folder, layout.manifest), canonicalJson(manifest));
  return places;
}

function manifestOf({ id, targets, numbers }: Columns): TaskSpec {
  const nothing = '0'.repeat(64);
  const unknown = 'unknown';
  return {
    schema_version: schemaVersion,
    id: 'foreign-task',
    title: unknown,
    summary: unknown,
    dataset: { name: unknown, sha256: nothing, licence: unknown, source: unknown, files: [] },
    modality: 'tabular',
    objective: numbers ? 'regression' : 'multiclass-classification',
    target: { columns: [...targets], derivation: unknown },
    features: { kept: [], excluded: [] },
    split: { kind: 'official', by: [], test_fraction: 0.5, seed: 0, reason: unknown },
    rows: { raw: 0, train: 0, test: 0, dropped: [] },
    metric: numbers
      ? { name: 'rmse', direction: 'minimize', best: 0, worst: null, reason: unknown }
      : { name: 'accuracy', direction: 'maximize', best: 1, worst: 0, reason: unknown },
    submission: {
      format: 'csv',
      id_column: id,
      columns: targets.map((name) => ({
        name,
        dtype: numbers ? 'number' : 'label',
        description: unknown,
        of: { column: name, class: null },
      })),
    },
    seed: 0,
    requires: [],
    difficulty: null,
    provenance: { tool: unknown, engine: unknown, formulation: nothing, prompts: null },
    suppressions: [],
    hashes: {},
  };
}

/** The finding in the file that the view's file is a copy of; in the grader when it concerns the manifest of the view. */
function moved(finding: Finding, places: ReadonlyMap<string, string>, task: ForeignTask): Finding {
  const source = places.get(finding.file);
  if (source === undefined) return { ...finding, file: task.grader, range: fileStart };
  const file = path.relative(task.folder, source).split(path.sep).join('/');
  const { related, ...rest } = finding;
  const others = related?.flatMap((other) => {
    const from = places.get(other.file);
    return from === undefined ? [] : [{ ...other, file: path.relative(task.folder, from).split(path.sep).join('/') }];
  });
  return { ...rest, file, ...(others?.length ? { related: others } : {}) };
}
