// The entry of the command line.
import { setMaxListeners } from 'node:events';
import { runCli } from './run-cli.ts';

/** How long an orderly end may take after Ctrl+C before the process ends as it is; the journal survives both. */
const orderlyEndMs = 1500;
const cancelledStatus = 130;
const fallbackColumns = 80;

const abort = new AbortController();
// Every job listens to this one signal until it ends; Node takes more than ten for a leak.
setMaxListeners(0, abort.signal);
const onSignal = (): void => {
  // The second Ctrl+C does not wait.
  if (abort.signal.aborted) process.exit(cancelledStatus);
  abort.abort();
  setTimeout(() => process.exit(cancelledStatus), orderlyEndMs).unref();
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
// A reader that closed the pipe (head, less) wants no more; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const io = {
  stdout: process.stdout,
  stderr: process.stderr,
  live: process.stderr.isTTY === true,
  columns: process.stderr.columns ?? fallbackColumns,
  env: process.env,
  cwd: process.cwd(),
};
// No top-level await: the bundle is CommonJS.
runCli(process.argv.slice(2), io, abort.signal).then((status) => {
  process.exitCode = status;
});
