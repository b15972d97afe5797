// Whether generated code can be isolated here: tried for real, since kernels and containers differ.
import { execa } from 'execa';
import { workerEnvironment } from './python-half.ts';

export interface Isolation {
  readonly kind: 'namespaces' | 'none';
  readonly detail: string;
  /** What makes it available, or how to consent to going without. */
  readonly fix: string;
}

const probe = `
import os, sys
from forge_runtime.sandbox import contain
pid = os.fork()
if pid == 0:
    try:
        contain._enter_namespaces()
    except OSError as error:
        sys.stdout.write(str(error)); sys.stdout.flush(); os._exit(1)
    os._exit(0)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;
const timeLimitMs = 20_000;
const consent =
  'To run without isolation on data that you trust: --allow-unsandboxed, or the setting mleForge.allowUnsandboxed.';

/** Tries to enter fresh namespaces; never throws. */
export async function probeIsolation(python: string, pythonHalf: string): Promise<Isolation> {
  if (process.platform !== 'linux') {
    return {
      kind: 'none',
      detail: `there is no sandbox for ${process.platform} yet`,
      fix: `Use Linux, a Linux container or WSL 2. ${consent}`,
    };
  }
  const outcome = await execa(python, ['-s', '-P', '-c', probe], {
    env: workerEnvironment(pythonHalf),
    extendEnv: false,
    reject: false,
    timeout: timeLimitMs,
  });
  if (outcome.exitCode === 0)
    return { kind: 'namespaces', detail: 'user, process, mount and network namespaces', fix: '' };
  const why = outcome.stdout.trim() || outcome.stderr.trim().split('\n').at(-1) || 'the probe did not end';
  const ubuntu =
    'On Ubuntu 24.04 and later: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0. In a container: start it with user namespaces allowed.';
  return { kind: 'none', detail: `user namespaces are refused (${why})`, fix: `${ubuntu} ${consent}` };
}
