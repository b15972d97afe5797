// The hash that a verdict is bound to.
import { canonicalJson } from '../../task/canonical-json.ts';
import { sha256 } from '../../task/hashing.ts';
import { layout, unhashedPrefixes } from '../../task/layout.ts';
import type { FileHashes } from '../cache/file-hashes.ts';
import type { VerificationReport } from '../contract.ts';
import { PackageFiles } from './files.ts';

/** Whether the manifest's hashes cover a file of the package. */
export function isHashed(file: string): boolean {
  return !unhashedPrefixes.some((prefix) => file === prefix || (prefix.endsWith('/') && file.startsWith(prefix)));
}

/** sha256 of every covered file, by path. */
export async function hashPackageFiles(files: PackageFiles): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const file of (await files.list()).filter(isHashed)) {
    hashes.set(file, await files.hash(file));
  }
  return hashes;
}

/** sha256 over the covered files and the text of the manifest: any byte changed makes a verdict stale. */
export async function packageHash(files: PackageFiles, hashes: ReadonlyMap<string, string>): Promise<string> {
  const manifest = sha256((await files.text(layout.manifest)) ?? '');
  return sha256(canonicalJson({ manifest, files: Object.fromEntries(hashes) }));
}

/** Whether a report is about the bytes that are in a folder now. Known hashes are taken again for unchanged files. */
export async function isAbout(report: VerificationReport, folder: string, hashes: FileHashes): Promise<boolean> {
  const files = new PackageFiles(folder, hashes);
  return (await packageHash(files, await hashPackageFiles(files))) === report.package;
}
