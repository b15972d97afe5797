// Folders for the work of one job, in the temporary folder. What a killed process left there, the next one removes.
import { rmSync } from 'node:fs';
import { lstat, mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const NAME = /^mle-forge-[a-z]+-(\d+)-(\d+)-/;
let swept: Promise<void> | undefined;
const leaving = new Set<string>();

/** A new, empty folder. The caller removes it; if the process is killed before, a later one does. */
export async function makeWorkFolder(purpose: string): Promise<string> {
  swept ??= sweepWorkFolders();
  await swept;
  return mkdtemp(path.join(tmpdir(), `mle-forge-${purpose}-${await processSpace()}-${process.pid}-`));
}

/** Removes a work folder when this process ends, if it is still there. */
export function removeAtExit(folder: string): void {
  if (leaving.size === 0) {
    process.once('exit', () => {
      for (const left of leaving) rmSync(left, { recursive: true, force: true });
    });
  }
  leaving.add(folder);
}

/** Removes the work folders of this user whose process is gone. What cannot be removed stays. */
export async function sweepWorkFolders(): Promise<void> {
  const space = await processSpace();
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const [, owner, pid] = NAME.exec(name) ?? [];
    if (owner !== space || pid === undefined || lives(Number(pid))) continue;
    const folder = path.join(tmpdir(), name);
    const status = await lstat(folder).catch(() => null);
    // Others may make folders of such names too, where the temporary folder is shared.
    if (status?.isDirectory() !== true || (process.getuid !== undefined && status.uid !== process.getuid())) continue;
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Containers that share a temporary folder number their processes apart; a number tells nothing in another space. */
async function processSpace(): Promise<string> {
  const link = await readlink('/proc/self/ns/pid').catch(() => '');
  return /\d+/.exec(link)?.[0] ?? '0';
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
