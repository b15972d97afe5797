// A run of the window for somebody who waits for it: every event, then how it ended.
import type { ForgeEvent } from '../../forge/events.ts';
import { isActive } from '../runs/run-state.ts';
import type { RunStore } from '../runs/run-store.ts';

/** Resolves when the run has ended, also by cancellation; the signal cancels it. @throws what a failed run threw. */
export function followRun(
  runs: RunStore,
  key: string,
  signal: AbortSignal,
  onEvent: (event: ForgeEvent) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => runs.cancel(key);
    const listener = runs.onDidChange(({ run, event }) => {
      if (run.key !== key) return;
      if (event !== null) onEvent(event);
      if (isActive(run)) return;
      listener.dispose();
      signal.removeEventListener('abort', cancel);
      if (run.status === 'failed') reject(runs.errorOf(key));
      else resolve();
    });
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
  });
}
