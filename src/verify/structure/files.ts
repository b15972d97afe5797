// STR001, STR003, STR012 to STR014, STR016, STR021: which files there are, and whether they are the declared bytes.
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Finding } from '../../task/findings.ts';
import { baselineNames, layout } from '../../task/layout.ts';
import { type Check, type CheckContext, type CheckOutcome, concluded, findingOf, skipped } from '../check.ts';
import { hashPackageFiles, isHashed } from '../package/hash.ts';
import { structureCatalogue as checks } from './catalogue.ts';

/** `simple` is the one rung that a task may do without. */
const REQUIRED_FILES: readonly string[] = [
  layout.manifest,
  layout.description,
  layout.prepare,
  layout.metric,
  ...baselineNames.filter((name) => name !== 'simple').map((name) => `${layout.baselines}/${name}.py`),
  layout.train,
  layout.test,
  layout.sampleSubmission,
  layout.publicDescription,
  layout.answers,
];
// Ten times the size of the scripts that the layout asks for.
const MAX_SOURCE_BYTES = 100_000;
const MAX_LINE = 2_000;
const MAX_PACKAGE_BYTES = 5_000_000_000;

/** The checks in this file, in order. */
export const fileChecks: readonly Check[] = [
  checks.files,
  checks.folder,
  checks.links,
  checks.declared,
  checks.hashes,
  checks.sizes,
  checks.copies,
];

/** Looks at the package as a tree of files. */
export async function checkFiles(context: CheckContext): Promise<CheckOutcome[]> {
  const entries = await entriesOf(context.folder);
  const sizes = new Map(entries.flatMap(({ file, size }) => (size === null ? [] : [[file, size] as const])));
  const missing = REQUIRED_FILES.filter((file) => (sizes.get(file) ?? 0) === 0).map((file) =>
    findingOf(checks.files, {
      message: `${file} is ${sizes.has(file) ? 'empty' : 'missing'}.`,
      file: layout.manifest,
      evidence: { file },
    }),
  );
  return [
    concluded(checks.files, missing),
    concluded(checks.folder, await folderName(context)),
    concluded(
      checks.links,
      entries
        .filter(({ size }) => size === null)
        .map(({ file, kind }) => findingOf(checks.links, { message: `${file} is ${kind}.`, file, evidence: { kind } })),
    ),
    ...(await hashOutcomes(context)),
    concluded(checks.sizes, await oversized(context, sizes)),
    concluded(checks.copies, await copies(context)),
  ];
}

interface Entry {
  readonly file: string;
  readonly kind: string;
  /** Bytes of a regular file; null for everything else that is no folder. */
  readonly size: number | null;
}

async function entriesOf(folder: string): Promise<Entry[]> {
  const found: Entry[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory()) continue;
    const absolute = path.join(entry.parentPath, entry.name);
    const file = path.relative(folder, absolute).split(path.sep).join('/');
    if (entry.isFile()) found.push({ file, kind: 'a file', size: (await lstat(absolute)).size });
    else found.push({ file, kind: entry.isSymbolicLink() ? 'a symbolic link' : 'no regular file', size: null });
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : 1));
}

async function folderName({ folder, manifest, files }: CheckContext): Promise<Finding[]> {
  const name = path.basename(folder);
  if (manifest === null || manifest.id === name) return [];
  return [
    findingOf(checks.folder, {
      message: `The folder is named "${name}", the task "${manifest.id}".`,
      file: layout.manifest,
      range: await files.manifestEntry('id'),
      evidence: { folder: name, id: manifest.id },
    }),
  ];
}

async function hashOutcomes(context: CheckContext): Promise<CheckOutcome[]> {
  if (context.manifest === null) {
    return [checks.declared, checks.hashes].map((check) => skipped(check, 'task.json does not follow the schema'));
  }
  const declared = context.manifest.hashes;
  const actual = await hashPackageFiles(context.files);
  const unlisted = [...actual.keys()].filter((file) => !Object.hasOwn(declared, file));
  const strays = unlisted.map((file) =>
    findingOf(checks.declared, { message: `${file} is not named in the manifest's hashes.`, file, evidence: { file } }),
  );
  const gone: Finding[] = [];
  const stale: Finding[] = [];
  for (const [file, hash] of Object.entries(declared)) {
    const found = actual.get(file);
    if (found === hash) continue;
    const range = await context.files.manifestEntry('hashes', file);
    if (found === undefined) {
      const why = isHashed(file) ? 'is declared but not in the package' : 'may not be declared: hashes do not cover it';
      gone.push(
        findingOf(checks.declared, { message: `${file} ${why}.`, file: layout.manifest, range, evidence: { file } }),
      );
    } else {
      const message = `${file} is not the file that the manifest declares: its bytes have changed since.`;
      const related = [{ file: layout.manifest, range, message: 'The declared hash.' }];
      stale.push(findingOf(checks.hashes, { message, file, evidence: { declared: hash, actual: found }, related }));
    }
  }
  return [concluded(checks.declared, [...strays, ...gone]), concluded(checks.hashes, stale)];
}

async function oversized(context: CheckContext, sizes: ReadonlyMap<string, number>): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [file, bytes] of sizes) {
    if (!/\.(py|md)$/.test(file) || file.startsWith(`${layout.runs}/`)) continue;
    if (bytes > MAX_SOURCE_BYTES) {
      const evidence = { bytes, limit: MAX_SOURCE_BYTES };
      found.push(findingOf(checks.sizes, { message: `${file} has ${bytes} bytes.`, file, evidence }));
      continue;
    }
    const lines = ((await context.files.text(file)) ?? '').split('\n');
    const long = lines.findIndex((line) => line.length > MAX_LINE);
    if (long < 0 || !file.endsWith('.py')) continue;
    const message = `Line ${long + 1} of ${file} has ${lines[long]?.length} characters.`;
    const evidence = { limit: MAX_LINE };
    found.push(findingOf(checks.sizes, { message, file, range: await context.files.line(file, long + 1), evidence }));
  }
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  if (total > MAX_PACKAGE_BYTES) {
    const evidence = { bytes: total, limit: MAX_PACKAGE_BYTES };
    const message = `The package has ${(total / 1e9).toFixed(1)} GB.`;
    found.push(findingOf(checks.sizes, { message, file: layout.manifest, evidence }));
  }
  return found;
}

async function copies({ folder }: CheckContext): Promise<Finding[]> {
  const read = (file: string) => readFile(path.join(folder, file)).catch(() => null);
  const [original, copy] = await Promise.all([read(layout.description), read(layout.publicDescription)]);
  if (original === null || copy === null || original.equals(copy)) return [];
  const message = `${layout.publicDescription} differs from ${layout.description}.`;
  return [findingOf(checks.copies, { message, file: layout.publicDescription })];
}
