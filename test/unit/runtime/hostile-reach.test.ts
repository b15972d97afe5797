import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { python, Workshop } from './workshop.ts';

const secretValue = 'forge-test-secret-8c1f';

/** What each script finds; an empty list is what a contained job must report. */
const findSecretInEnvironments = `
import os
from pathlib import Path
FOUND = [name for name, value in os.environ.items() if "${secretValue}" in value]
for place in Path("/proc").glob("[0-9]*/environ"):
    try:
        if b"${secretValue}" in place.read_bytes(): FOUND.append(str(place))
    except OSError: pass
RESULT = FOUND`;

for (const mode of ['warm', 'cold'] as const) {
  describe(`a ${mode} job cannot reach out`, () => {
    process.env['FORGE_TEST_SECRET'] = secretValue;
    const workshop = new Workshop();
    after(() => workshop.end());

    const value = async (source: string, argv: readonly string[] = []): Promise<unknown> => {
      const outcome = await workshop.run(source, { mode, argv });
      assert.equal(outcome.kind, 'done', JSON.stringify(outcome).slice(0, 800));
      assert.deepEqual(await workshop.leftBehind(), []);
      return outcome.kind === 'done' ? outcome.value : undefined;
    };

    it('to a private folder beside its own', async () => {
      assert.equal(await value('import os, sys\nRESULT = os.path.exists(sys.argv[1])', [workshop.secret]), false);
    });

    it('through a symbolic link that it makes', async () => {
      const source =
        'import os, sys\nos.symlink(sys.argv[1], "/mnt/desk/way")\nRESULT = os.path.exists("/mnt/desk/way")';
      assert.equal(await value(source, [workshop.secret]), false);
    });

    it('to the home folder, but for the interpreter in it', async () => {
      const source = 'import os, sys\nRESULT = os.listdir(sys.argv[1]) if os.path.isdir(sys.argv[1]) else []';
      const seen = (await value(source, [homedir()])) as string[];
      const real = await value('import sys\nRESULT = [sys.prefix, sys.base_prefix]');
      const expected = [...(real as string[]), python].map(
        (place) => path.relative(homedir(), place).split(path.sep)[0],
      );
      assert.deepEqual(
        seen.filter((name) => !expected.includes(name)),
        [],
      );
      assert.ok(readdirSync(homedir()).length >= seen.length);
    });

    it('to the environment of the processes above it', async () => {
      assert.deepEqual(await value(findSecretInEnvironments), []);
    });

    it('to a server on this machine', async () => {
      let visitors = 0;
      const server = createServer((socket) => {
        visitors += 1;
        socket.destroy();
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const source = `
import socket, sys
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2)
    RESULT = "connected"
except OSError:
    RESULT = "refused"`;
      assert.equal(await value(source, [String(port)]), 'refused');
      assert.equal(visitors, 0);
      server.close();
    });

    it('to files that it may only read', async () => {
      const outcome = await workshop.run('open("/mnt/code/script.py", "w")', { mode });
      assert.equal(outcome.kind === 'raised' && outcome.error.type, 'OSError');
      assert.equal(outcome.kind === 'raised' && outcome.error.frames.some((f) => f.file === 'code/script.py'), true);
    });

    it('to other processes, nor to new namespaces or to the memory of init', async () => {
      const source = `
import ctypes, os, signal
libc = ctypes.CDLL(None, use_errno=True)
RESULT = []
if libc.unshare(0x10000000) == 0: RESULT.append("unshare")
if libc.ptrace(16, 1, 0, 0) == 0: RESULT.append("ptrace")
if libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0: RESULT.append("mount")
try:
    open("/proc/1/mem", "r+b"); RESULT.append("mem")
except OSError: pass
for pid in (1, os.getppid(), -1):
    try: os.kill(pid, signal.SIGKILL)
    except OSError: pass
if [p for p in os.listdir("/proc") if p.isdigit() and int(p) > 2]: RESULT.append("processes")`;
      assert.deepEqual(await value(source), []);
    });

    it('by a daemon that outlives it', async () => {
      const source = `
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(300)
    os._exit(0)
RESULT = "left"`;
      assert.equal(await value(source), 'left');
    });
  });
}
