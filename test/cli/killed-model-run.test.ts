// A run of a model that is killed in the middle of its stages, again and again, and resumed: no answer is paid for twice.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readCassette } from '../../src/models/replay/cassette.ts';
import { mleForge } from '../support/command-line.ts';
import { faultServer } from '../support/fault-server.ts';
import { endAfter } from '../support/interrupt.ts';
import { answer } from '../support/recorded-forge.ts';
import { tempFolder } from '../support/temp-folder.ts';

const cassette = path.resolve(import.meta.dirname, '../cassettes/penguins.jsonl');
const dataset = path.resolve(import.meta.dirname, '../../media/sample/penguins');
/**
 * Requests after whose answer the process is killed: while exploring, twice in the design, and in the refactor. Each of these
 * answers asks for seconds of work, so that no further request is on its way at that moment.
 */
const kills = [1, 3, 4, 6] as const;
/** Long enough to read an answer of a server on this machine, far shorter than the work that it asks for. */
const readingMs = 400;

test('kill -9 in the middle of brainstorm, design and refactor, then --resume: the server is asked each thing once', async (t) => {
  const replies = (await readCassette(cassette)).map(({ reply }) => reply);
  const server = await faultServer(t, replies.map(answer));
  const out = await tempFolder(t);
  const args = ['forge', dataset, '--out', out, '--max-tasks', '1', '--judges', '0', '--actions', '0'];
  const model = ['--model', 'local:recorded', '--base-url', server.url];
  const runs = (): string[] => readdirSync(path.join(out, '.mle-forge', 'runs'));
  const resume = (): string[] => ['--resume', runs()[0] ?? ''];

  for (const [index, request] of kills.entries()) {
    const killed = await mleForge(
      [...args, ...model, ...(index === 0 ? [] : resume())],
      endAfter(server.bodies, request, 'SIGKILL', { laterMs: readingMs }),
    );
    assert.equal(killed.status, null, `it was killed after request ${request}: ${killed.stderr}`);
    assert.equal(server.bodies.length, request, 'the work had gone no further');
  }
  const outcome = await mleForge([...args, ...model, ...resume(), '--json']);
  assert.equal(outcome.status, 0, outcome.stderr);
  const { tasks, cost } = JSON.parse(outcome.stdout);
  assert.equal(tasks[0].verdict, 'accepted');
  assert.equal(server.bodies.length, replies.length, 'no call is made twice');
  assert.equal(new Set(server.bodies.map((body) => JSON.stringify(body))).size, replies.length);
  assert.equal(cost.calls, replies.length, 'and each is in the bill once');
});
