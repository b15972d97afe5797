import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Terminal } from '../../../src/cli/terminal.ts';
import { watchTask } from '../../../src/cli/verify-watch.ts';
import { cancelled } from '../../../src/task/errors.ts';
import { systemClock } from '../../../src/task/ports.ts';

test('Ctrl+C in the middle of a round ends the watch, and offers nothing to resume', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'mle-forge-watch-'));
  const ctrlC = new AbortController();
  const silent = { write: () => true };
  const io = { stdout: silent, stderr: silent, live: false, columns: 80, env: {}, cwd: folder };
  const services = {
    io,
    terminal: new Terminal(io, { json: false, quiet: true, colour: false }),
    clock: systemClock,
    log: silent,
    signal: ctrlC.signal,
    runtime: () => Promise.reject(new Error('no round needs it here')),
  };
  const round = async () => {
    ctrlC.abort();
    throw cancelled();
  };
  try {
    await assert.rejects(watchTask(folder, round, services), {
      kind: 'cancelled',
      message: 'The watch has ended.',
      remedy: 'Start it again with --watch.',
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
