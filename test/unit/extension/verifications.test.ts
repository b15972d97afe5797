// What the window knows about verifications, and whom it tells.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type VerificationChange, Verifications } from '../../../src/extension/verification/verifications.ts';
import type { VerificationReport } from '../../../src/verify/contract.ts';

const report: VerificationReport = {
  task: 'a-task',
  verdict: 'accepted',
  package: '0'.repeat(64),
  findings: [],
  checks: [],
  ladder: [],
};

function watched(): { known: Verifications; changes: VerificationChange[] } {
  const known = new Verifications();
  const changes: VerificationChange[] = [];
  known.onDidChange((change) => changes.push(change));
  return { known, changes };
}

describe('the verifications of a window', () => {
  it('tell of a report as one that is new, and of checking as no report', () => {
    const { known, changes } = watched();
    known.setChecking('/out/a-task', true);
    known.publish('/out/a-task', report, 'save');
    known.setChecking('/out/a-task', false);
    assert.deepEqual(
      changes.map(({ verified, state }) => [verified, state?.checking]),
      [
        [false, true],
        [true, true],
        [false, false],
      ],
    );
    assert.equal(known.of('/out/a-task')?.report, report);
  });

  it('keep a report when a later verification fails, and say why it failed', () => {
    const { known } = watched();
    known.publish('/out/a-task', report, 'command');
    known.setChecking('/out/a-task', false, 'no Python');
    assert.deepEqual([known.of('/out/a-task')?.failure, known.of('/out/a-task')?.report], ['no Python', report]);
  });

  it('forget the tasks of a folder and no neighbour with a similar name', () => {
    const { known } = watched();
    for (const folder of ['/out/a', '/out/b', '/outer/a']) known.publish(folder, report, 'forge');
    known.forget('/out');
    assert.deepEqual(
      known.all().map(({ folder }) => folder),
      ['/outer/a'],
    );
  });

  it('move with a renamed folder', () => {
    const { known, changes } = watched();
    known.publish('/out/a', report, 'forge');
    known.move('/out', '/tasks');
    assert.equal(known.of('/tasks/a')?.report, report);
    assert.deepEqual(changes.at(-2), { folder: '/out/a', state: undefined, verified: false });
  });

  it('keep what was found in files that changed unchecked, as old, until they are checked again', () => {
    const verifications = new Verifications();
    verifications.touch('/w/stones');
    assert.equal(verifications.of('/w/stones'), undefined);
    verifications.publish('/w/stones', report, 'save');
    verifications.touch('/w/stones');
    assert.equal(verifications.of('/w/stones')?.stale, true);
    assert.equal(verifications.of('/w/stones')?.report, report);
    verifications.publish('/w/stones', report, 'command');
    assert.equal(verifications.of('/w/stones')?.stale, false);
  });

  it('hold no report for a task that has changed since it was recorded', () => {
    const { known } = watched();
    known.markStale('/out/a');
    assert.deepEqual([known.of('/out/a')?.stale, known.of('/out/a')?.report], [true, null]);
  });
});
