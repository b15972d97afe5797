import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { Journal, readJournal } from '../../../src/forge/journal.ts';
import type { JournalBody } from '../../../src/forge/journal-entry.ts';
import { ForgeError } from '../../../src/task/errors.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const clock = { now: () => 1_700_000_000_000 };
const note = (message: string): JournalBody => ({ kind: 'event', event: { type: 'note', message } });

async function journalOf(file: string, messages: readonly string[]): Promise<void> {
  const { journal } = await Journal.open(file, clock);
  for (const message of messages) await journal.append(note(message));
  await journal.close();
}

async function messagesIn(file: string): Promise<string[]> {
  const { entries } = await readJournal(file);
  return entries.map(({ body }) => (body.kind === 'event' && body.event.type === 'note' ? body.event.message : '?'));
}

test('what was appended is read back in order, by this process and the next', async (t) => {
  const file = path.join(await tempFolder(t), 'journal.jsonl');
  await journalOf(file, ['one', 'two']);
  await journalOf(file, ['three']);
  assert.deepEqual(await messagesIn(file), ['one', 'two', 'three']);
});

test('a journal cut at any byte loses its torn last line and nothing else', async (t) => {
  const file = path.join(await tempFolder(t), 'journal.jsonl');
  await journalOf(file, ['one', 'two', 'three']);
  const whole = await readFile(file);
  const ends = [...whole.entries()].flatMap(([index, byte]) => (byte === 0x0a ? [index + 1] : []));
  for (let length = 0; length <= whole.length; length += 7) {
    await writeFile(file, whole.subarray(0, length));
    const complete = ends.filter((end) => end <= length).length;
    assert.equal((await messagesIn(file)).length, complete, `cut at byte ${length}`);
    await journalOf(file, ['after']);
    assert.equal((await messagesIn(file)).at(-1), 'after');
  }
});

test('an edited line is refused, and the message names the line', async (t) => {
  const file = path.join(await tempFolder(t), 'journal.jsonl');
  await journalOf(file, ['one', 'two', 'three']);
  await writeFile(file, (await readFile(file, 'utf8')).replace('"two"', '"TWO"'));
  await assert.rejects(readJournal(file), (error: unknown) => {
    assert.ok(error instanceof ForgeError);
    assert.equal(error.code, 'JOURNAL_DAMAGED');
    assert.match(error.message, /^Line 2 of /);
    return true;
  });
});

test('a removed line breaks the chain', async (t) => {
  const file = path.join(await tempFolder(t), 'journal.jsonl');
  await journalOf(file, ['one', 'two', 'three']);
  const lines = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, [lines[0], lines[2], ''].join('\n'));
  await appendFile(file, `${lines[2]}\n`);
  await assert.rejects(readJournal(file), { code: 'JOURNAL_DAMAGED' });
});
