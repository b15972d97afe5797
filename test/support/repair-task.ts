// Repairs a finding of a task on the disk, as a fix command would.

import type { Finding } from '../../src/task/findings.ts';
import { hashFile } from '../../src/task/hashing.ts';
import { taskSpecSchema } from '../../src/task/spec.ts';
import { applyEdits, type Repair, type RepairSource } from '../../src/verify/repairs/repair.ts';
import { filesFor, repairFor } from '../../src/verify/repairs/repairs.ts';
import type { SampleTask } from './sample-task.ts';

/** The repair of a finding by the files as they are; null when none fits. */
export async function repairIn(task: SampleTask, finding: Finding): Promise<Repair | null> {
  const texts = new Map<string, string>();
  for (const file of filesFor(finding)) {
    const text = await task.read(file).catch(() => null);
    if (text !== null) texts.set(file, text);
  }
  const hash = await hashFile(`${task.folder}/${finding.file}`).catch(() => null);
  const manifest = taskSpecSchema.safeParse(JSON.parse(texts.get('task.json') ?? 'null'));
  const source: RepairSource = {
    manifest: manifest.success ? manifest.data : null,
    text: (file) => texts.get(file) ?? null,
    hash: (file) => (file === finding.file ? hash : null),
  };
  return repairFor(finding, source);
}

/** Writes a repair into the task. */
export async function applyRepair(task: SampleTask, repair: Repair): Promise<void> {
  for (const file of new Set(repair.edits.map((edit) => edit.file))) {
    const edits = repair.edits.filter((edit) => edit.file === file);
    await task.write(file, applyEdits(await task.read(file), edits));
  }
}
