// The log of a running baseline, read while it grows.
import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { followFile } from '../../../src/extension/baselines/follow-file.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('a file that appears later is passed on piece by piece, to its last byte', async (t) => {
  const file = path.join(await tempFolder(t), 'log.txt');
  const pieces: string[] = [];
  const stop = followFile(file, (text) => pieces.push(text));
  await sleep(50);
  const accent = Buffer.from('é');
  await appendFile(file, Buffer.concat([Buffer.from('first '), accent.subarray(0, 1)]));
  await sleep(400);
  assert.equal(pieces.join(''), 'first ');
  await appendFile(file, Buffer.concat([accent.subarray(1), Buffer.from(' last')]));
  await stop();
  assert.equal(pieces.join(''), 'first é last');
});
