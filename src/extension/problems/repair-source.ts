// The package as the repairs see it: documents with their unsaved edits first, then the files on the disk.
import path from 'node:path';
import * as vscode from 'vscode';
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import { taskSpecSchema } from '../../task/spec.ts';
import type { FileHashes } from '../../verify/cache/file-hashes.ts';
import { PackageFiles } from '../../verify/package/files.ts';
import type { RepairSource } from '../../verify/repairs/repair.ts';
import { filesFor } from '../../verify/repairs/repairs.ts';

/** What a repair of this finding may look at. */
export async function repairSource(task: string, finding: Finding, hashes: FileHashes): Promise<RepairSource> {
  const files = new PackageFiles(task, hashes);
  const wanted = filesFor(finding);
  const texts = new Map(
    await Promise.all(wanted.map(async (file) => [file, openText(task, file) ?? (await files.text(file))] as const)),
  );
  const unsaved = openDocument(task, finding.file)?.isDirty ?? false;
  const hash = unsaved ? null : await files.hash(finding.file).catch(() => null);
  return {
    manifest: manifestOf(texts.get(layout.manifest) ?? ''),
    text: (file) => texts.get(file) ?? null,
    hash: (file) => (file === finding.file ? hash : null),
  };
}

function openDocument(task: string, file: string): vscode.TextDocument | undefined {
  const wanted = vscode.Uri.file(path.join(task, file)).toString();
  return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === wanted);
}

/** Lines of an open document end as they do on the disk; places are counted in lines, so both agree. */
function openText(task: string, file: string): string | undefined {
  return openDocument(task, file)?.getText();
}

function manifestOf(text: string): RepairSource['manifest'] {
  try {
    const parsed = taskSpecSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // no JSON while it is being written
  }
}
