// What this machine lacks, and the exact command that mends it.
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describeError, ForgeError } from '../task/errors.ts';
import { findInterpreter, type InterpreterSearch } from './interpreter.ts';
import { probeIsolation } from './isolation.ts';
import { findPythonHalf } from './python-half.ts';

/** Staging, scratch space and submissions of an ordinary dataset. */
const wantedDiskBytes = 2 * 2 ** 30;

export interface DoctorCheck {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'missing';
  readonly detail: string;
  /** What mends it; null when there is nothing to mend. */
  readonly fix: string | null;
}

export interface Diagnosis {
  /** Nothing is missing. */
  readonly ok: boolean;
  readonly checks: readonly DoctorCheck[];
}

/** Looks at the interpreter, its packages, the isolation and the disk; throws nothing that is expected. */
export async function doctor(search: InterpreterSearch, pythonHalf?: string): Promise<Diagnosis> {
  const checks: DoctorCheck[] = [];
  const python = await interpreterCheck(search, checks);
  if (python !== undefined) {
    const isolation = await probeIsolation(python, findPythonHalf(pythonHalf));
    const isolated = isolation.kind === 'namespaces';
    checks.push({
      name: 'isolation',
      status: isolated ? 'ok' : 'missing',
      detail: isolation.detail,
      fix: isolated ? null : isolation.fix,
    });
  }
  const { bavail, bsize } = await statfs(tmpdir());
  const free = bavail * bsize;
  const enough = free >= wantedDiskBytes;
  checks.push({
    name: 'disk',
    status: enough ? 'ok' : 'warning',
    detail: `${(free / 2 ** 30).toFixed(1)} GiB free in ${tmpdir()}`,
    fix: enough ? null : 'Free some space, or set TMPDIR to a larger disk.',
  });
  return { ok: checks.every((check) => check.status !== 'missing'), checks };
}

async function interpreterCheck(search: InterpreterSearch, checks: DoctorCheck[]): Promise<string | undefined> {
  try {
    const { chosen, rejected } = await findInterpreter(search);
    const passed = rejected.map((one) => `; passed over ${one.command}: ${one.reason}`).join('');
    checks.push({
      name: 'python',
      status: 'ok',
      detail: `Python ${chosen.version} at ${chosen.python} (${chosen.origin})${passed}`,
      fix: null,
    });
    return chosen.python;
  } catch (error) {
    const fix = error instanceof ForgeError ? error.remedy : 'Run again with MLE_FORGE_DEBUG=1.';
    checks.push({ name: 'python', status: 'missing', detail: describeError(error), fix });
    return undefined;
  }
}
