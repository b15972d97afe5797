// Whether generated code can be isolated here: tried for real, since kernels and containers differ.
import { tmpdir } from 'node:os';
import { z } from 'zod';
import { defaultLimits } from './limits.ts';
import { workerEnvironment } from './python-half.ts';
import { WorkerProcess } from './worker-process.ts';

export interface Isolation {
  /** `impossible`: jobs cannot run here at all, isolated or not. */
  readonly kind: 'namespaces' | 'none' | 'impossible';
  readonly detail: string;
  /** What makes it available, or how to consent to going without. */
  readonly fix: string;
}

/** In a process namespace of its own the first process is init and the second the job. */
const containedPid = 2;
const evidence = z.object({ pid: z.number() });
/** A busy machine may take long to start an interpreter. */
const timeLimitMs = 60_000;
const consent =
  'To run without isolation on data that you trust: --allow-unsandboxed, or the setting mleForge.allowUnsandboxed.';

const linux = 'Use Linux, a Linux container or WSL 2.';

/** Runs one contained job, with everything that a real one has; never throws. */
export async function probeIsolation(
  python: string,
  pythonHalf: string,
  platform: NodeJS.Platform = process.platform,
): Promise<Isolation> {
  if (platform === 'win32')
    return { kind: 'impossible', detail: 'jobs need a system that can fork, which Windows cannot', fix: linux };
  if (platform !== 'linux') {
    return {
      kind: 'none',
      detail: `there is no sandbox for ${platform} yet`,
      fix: `${linux} ${consent}`,
    };
  }
  const worker = new WorkerProcess({ python, mode: 'once', environment: workerEnvironment(pythonHalf) });
  const timer = setTimeout(() => void worker.kill(), timeLimitMs);
  const answer = await worker.ask({
    id: 0,
    name: 'execute.containment',
    args: null,
    mounts: [],
    limits: defaultLimits,
    contained: true,
    logFile: null,
    scratch: tmpdir(),
  });
  clearTimeout(timer);
  await worker.kill();
  const seen = answer.kind === 'done' ? evidence.safeParse(answer.value) : undefined;
  if (seen?.success === true && seen.data.pid === containedPid)
    return { kind: 'namespaces', detail: 'user, process, mount and network namespaces', fix: '' };
  const why = 'reason' in answer ? answer.reason : `the probe ended as ${answer.kind}`;
  const ubuntu =
    'On Ubuntu 24.04 and later: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0. In a container: start it with user namespaces allowed.';
  return { kind: 'none', detail: `namespaces cannot be used (${why})`, fix: `${ubuntu} ${consent}` };
}
