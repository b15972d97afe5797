// A reviewer in a run: what it finds is told with the task, and whatever happens to it rejects none.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { forgetfulDesk } from '../../../src/agents/loop/desk.ts';
import { modelReviewer } from '../../../src/agents/reviewer/model-reviewer.ts';
import type { ForgeEvent } from '../../../src/forge/events.ts';
import type { VerificationReport } from '../../../src/verify/contract.ts';
import { eventsOf, scripted } from '../../support/scripted-forge.ts';
import { type Script, scriptedModel } from '../../support/scripted-model.ts';
import { seatOf } from '../../support/seats.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const claim = {
  rubric: 'clarity',
  weight: 'serious',
  file: 'description.md',
  quote: '# A task',
  problem: 'The title says nothing.',
  remedy: 'Say what is asked.',
};

async function forged(t: TestContext, script: Script): Promise<{ events: ForgeEvent[]; report: VerificationReport }> {
  const root = await tempFolder(t);
  const run = await scripted(root, { formulations: ['a-task'] });
  const { agents } = run.deps;
  assert.ok(agents !== undefined);
  const seats = [seatOf('reviewer', scriptedModel(script))];
  const reviewer = modelReviewer({ seats, rows: 5, desk: forgetfulDesk(), clock: { now: () => 0 } });
  const events = await eventsOf({ request: run.request, deps: { ...run.deps, agents: { ...agents, reviewer } } });
  const text = await readFile(path.join(root, 'out', 'a-task', 'verification', 'report.json'), 'utf8');
  return { events, report: JSON.parse(text) };
}

const stagesOf = (events: readonly ForgeEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'stage-started' ? [event.stage] : []));
const notesOf = (events: readonly ForgeEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'note' ? [event.message] : []));

test('what a judge finds stands in the report of the task, which is accepted all the same', async (t) => {
  const { events, report } = await forged(t, [{ json: { claims: [claim] } }]);
  assert.deepEqual(stagesOf(events).slice(-3), ['execute', 'judge', 'publish']);
  assert.ok(events.some(({ type }) => type === 'accepted'));
  const finding = report.findings.find(({ code }) => code === 'REV101');
  assert.equal(finding?.severity, 'warning');
  assert.ok(report.checks.some(({ code, status }) => code === 'REV102' && status === 'passed'));
  const told = events.filter((event) => event.type === 'finding' && event.finding.code === 'REV101');
  assert.equal(told.length, 1);
});

test('a judge that refuses costs the review, and the run says so', async (t) => {
  const { events, report } = await forged(t, [{ reply: { outcome: 'refusal', text: 'No.' } }]);
  assert.ok(events.some(({ type }) => type === 'accepted'));
  assert.ok(notesOf(events).some((note) => /scripted:model gave no judgement/.test(note)));
  assert.ok(!report.checks.some(({ code }) => code.startsWith('REV1')));
});

test('an endpoint that fails for good costs the review, not the task', async (t) => {
  const failure = { code: 'MODEL_AUTH', message: 'The key was refused.', remedy: 'Check it.' };
  const { events } = await forged(t, [{ reply: { outcome: 'failed', failure } }]);
  assert.ok(events.some(({ type }) => type === 'accepted'));
  assert.ok(notesOf(events).some((note) => /was not judged: .*The key was refused/.test(note)));
});

test('without a reviewer there is no such stage', async (t) => {
  const events = await eventsOf(await scripted(await tempFolder(t), { formulations: ['a-task'] }));
  assert.ok(!stagesOf(events).includes('judge'));
});
