import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { assertGolden } from '../../support/golden.ts';
import { messagesIn } from '../../support/l10n-messages.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const { messages, unreadable } = messagesIn(path.join(root, 'src/extension'));

test('every message is written out where it is asked for, so that it can be translated', () => {
  assert.deepEqual(unreadable, []);
});

test('the bundle for translators holds exactly the messages of the code', () => {
  const bundle = Object.fromEntries(messages.map((message) => [message, message]));
  assert.ok(messages.length > 100, String(messages.length));
  assertGolden(path.join(root, 'l10n/bundle.l10n.json'), `${JSON.stringify(bundle, null, 2)}\n`);
});

test('the manifest says where translations are', () => {
  const { l10n } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  assert.equal(path.normalize(l10n), 'l10n');
});

test('the places of a message are numbered from nothing without a gap', () => {
  for (const message of messages) {
    const places = [...new Set([...message.matchAll(/\{(\d+)\}/g)].map(([, place]) => Number(place)))].sort();
    assert.deepEqual(
      places,
      places.map((_, index) => index),
      message,
    );
  }
});
