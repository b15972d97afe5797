// What is said of systems that have no sandbox.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { probeIsolation } from '../../../src/runtime/isolation.ts';

it('tells Windows that nothing can run there, and asks for no consent', async () => {
  const found = await probeIsolation('python', 'nowhere', 'win32');
  assert.equal(found.kind, 'impossible');
  assert.match(found.fix, /WSL/);
  assert.doesNotMatch(found.fix, /unsandboxed/i);
});

it('tells macOS how to consent to going without', async () => {
  const found = await probeIsolation('python', 'nowhere', 'darwin');
  assert.equal(found.kind, 'none');
  assert.match(found.fix, /allow-unsandboxed/);
});
