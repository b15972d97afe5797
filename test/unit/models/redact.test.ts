// No key gets into a text that people or files see.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { redact } from '../../../src/models/redact.ts';

for (const secret of [
  'sk-proj-abcDEF1234567890',
  'sk-ant-api03-abc_DEF-123',
  'gsk_abcdefgh12345678',
  'hf_abcdefghijklmnop',
  'AIzaSyA1234567890abcdefghijkl',
  'sk-abc***********xyz',
]) {
  test(`knows ${secret.slice(0, 6)}... for a key by its shape`, () => {
    assert.equal(redact(`Incorrect API key provided: ${secret}.`).includes(secret), false);
  });
}

test('washes headers, queries, settings and addresses', () => {
  assert.equal(redact('authorization: Bearer abcdef123456'), 'authorization: Bearer [redacted]');
  assert.equal(redact('https://host/v1?api-key=abcdef&x=1'), 'https://host/v1?api-key=[redacted]&x=1');
  assert.equal(redact('{"api_key": "abcdef123"}'), '{"api_key": "[redacted]"}');
  assert.equal(redact('http://me:secret@host/v1'), 'http://[redacted]@host/v1');
});

test('leaves ordinary words alone', () => {
  const text = 'The task-oriented model asked for the key column "api" of sk-learn at https://host/v1.';
  assert.equal(redact(text), text);
});

test('a known secret never survives, wherever it stands', () => {
  const secret = fc
    .string({ minLength: 6, maxLength: 40, unit: 'grapheme-ascii' })
    .filter((each) => !'[redacted]'.includes(each));
  fc.assert(
    fc.property(fc.string(), secret, fc.string(), (before, key, behind) => {
      assert.ok(!redact(`${before}${key}${behind}`, [key]).includes(key));
    }),
  );
});
