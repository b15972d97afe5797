// One writer per run: a lock file that names its process, and that a later process may take over once that one is gone.
import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import { ForgeError } from '../task/errors.ts';

const holderSchema = z.strictObject({
  pid: z.int(),
  /** When the process began, as its system tells it: a number that a later process of the same pid does not share. */
  started: z.string(),
  host: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

/** Takes the lock, also from a process that has died. @throws ForgeError when a living process holds it. */
export async function acquireLock(file: string): Promise<() => Promise<void>> {
  const mine = JSON.stringify({ pid: process.pid, started: await startOf(process.pid), host: hostname() });
  for (;;) {
    if (await createExclusively(file, mine)) break;
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) continue; // released just now
    const holder = parse(text);
    if (holder !== null && (await isAlive(holder))) throw busy(holder);
    await removeStale(file, text);
  }
  return async () => {
    // Only its owner releases a lock.
    if ((await readFile(file, 'utf8').catch(() => null)) === mine) await rm(file, { force: true });
  };
}

/** The living process that holds a lock, if any. */
export async function lockHolder(file: string): Promise<number | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  const holder = text === null ? null : parse(text);
  return holder !== null && (await isAlive(holder)) ? holder.pid : null;
}

async function createExclusively(file: string, content: string): Promise<boolean> {
  // Written beside and linked, so that no one reads a lock that is half written.
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx');
  try {
    await handle.writeFile(content);
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EEXIST') return false;
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') return createWithoutLinks(file, content);
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** For file systems without hard links: a moment with an empty lock remains. */
async function createWithoutLinks(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a dead process's lock away, unless another process has replaced it meanwhile. */
async function removeStale(file: string, text: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch {
    return; // another process was faster
  }
  const taken = await readFile(aside, 'utf8').catch(() => text);
  if (taken !== text) await link(aside, file).catch(() => {});
  await rm(aside, { force: true });
}

function parse(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null; // torn by a crash
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return true; // cannot be known from here
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return (await startOf(holder.pid)) === holder.started;
}

/** Start time of a process in clock ticks since boot; empty where the system does not tell. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the command in brackets and may hold anything; the start is field 22.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function busy(holder: Holder): ForgeError {
  return new ForgeError(
    'RUN_BUSY',
    `Process ${holder.pid} on ${holder.host} is still working on this run.`,
    'Wait for it or stop it; if it no longer exists on that machine, delete the run\'s file "lock".',
  );
}
