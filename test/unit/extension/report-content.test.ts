// What the page of the report is sent: folded from a task, checked by the schema of the page.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contentOf } from '../../../src/extension/report/content.ts';
import type { TaskState } from '../../../src/extension/tasks/task-state.ts';
import type { RunRecord } from '../../../src/forge/runs.ts';
import { type Finding, fileStart } from '../../../src/task/findings.ts';
import type { VerificationReport } from '../../../src/verify/contract.ts';
import { messageSchema, requestSchema, type Words } from '../../../webview/messages.ts';
import { specOf } from '../../support/packages.ts';

const words = new Proxy({}, { get: (_, name) => String(name), ownKeys: () => [] }) as Words; // every word is its own name

const finding: Finding = {
  code: 'LEK004',
  severity: 'error',
  message: 'A column tells the target \u202E<script>alert(1)</script>',
  file: 'data/public/train.csv',
  range: { start: { line: 6, character: 0 }, end: { line: 6, character: 4 } },
  evidence: { skill: 0.91234 },
  remedy: 'Leave it out.',
};
const report: VerificationReport = {
  task: 'a-task',
  verdict: 'rejected',
  package: 'f'.repeat(64),
  findings: [
    { ...finding, code: 'MET001', suppressed: 'Agreed with the owner.', range: fileStart },
    { ...finding, code: 'MET002', severity: 'warning' },
    finding,
  ],
  checks: [
    { code: 'LEK004', status: 'failed' },
    { code: 'LEK005', status: 'passed' },
    { code: 'MET001', status: 'failed' },
    { code: 'MET002', status: 'failed' },
  ],
  ladder: [
    { name: 'constant', score: 0.5, ci95: [0.4, 0.6], gain: null },
    { name: 'strong', score: 0.9, ci95: [0.85, 0.95], gain: { value: 0.4, ci95: [0.3, 0.5] } },
  ],
};
const spec = specOf('a-task');
const task: TaskState = { folder: '/tasks/a-task', spec, problem: null, report };

function ended(stage: 'profile' | 'design' | 'execute', of: string | null) {
  return { type: 'stage-ended', stage, task: of, ms: 1500, reused: false, errors: 0 } as const;
}

function run(engine: string): RunRecord {
  const header = {
    kind: 'run',
    run: 'r',
    tool: '1',
    dataset: '/d',
    sha256: 'a'.repeat(64),
    engine,
    options: { maxTasks: 1, seed: 0, keepRejected: false },
  } as const;
  const events = [
    ended('profile', null),
    ended('design', spec.id),
    ended('design', 'another'),
    ended('execute', spec.id),
  ];
  return { header, started: 0, ended: 1, events, writer: null };
}

describe('the content of the report', () => {
  const content = contentOf(task, run('builtin'), words);

  it('puts what decides first and keeps suppressed findings with their reason', () => {
    assert.deepEqual(
      content.findings.map(({ code, kind, reason }) => [code, kind, reason]),
      [
        ['LEK004', 'error', ''],
        ['MET002', 'warning', ''],
        ['MET001', 'suppressed', 'Agreed with the owner.'],
      ],
    );
  });

  it('counts the checks of a family by outcome', () => {
    const lek = content.families.find(({ code }) => code === 'LEK');
    assert.deepEqual(
      content.outcomes.flatMap(({ id }, index) =>
        (lek?.counts[index] ?? 0) > 0 ? [`${id} ${lek?.counts[index]}`] : [],
      ),
      ['passed 1', 'error 1'],
    );
  });

  it('makes characters visible that would turn the reading order, and leaves markup to be shown as text', () => {
    const message = content.findings[0]?.message ?? '';
    assert.ok(!message.includes('\u202E'));
    assert.match(message, /<script>/);
  });

  it('tells the stages of this task alone, and that no model was used', () => {
    assert.ok(content.timeline?.kind === 'timeline');
    assert.deepEqual(
      content.timeline.stages.map(({ name, from, to }) => [name, from, to]),
      [
        ['1. profile', 0, 1.5],
        ['2. design', 1.5, 3],
        ['3. execute', 3, 4.5],
      ],
    );
    assert.match(content.timeline.summary, /no model was used/);
  });

  it('does not guess what a model cost', () => {
    const { timeline } = contentOf(task, run('openai:some-model'), words);
    assert.match(timeline?.summary ?? '', /openai:some-model, cost not recorded/);
  });

  it('says so when a task was never verified or cannot be read', () => {
    const broken = contentOf({ ...task, spec: null, report: null, problem: 'task.json is no JSON.' }, null, words);
    assert.deepEqual([broken.verdict, broken.summary, broken.ladder], ['unverified', 'task.json is no JSON.', null]);
  });
});

describe('messages', () => {
  it('are refused by the page when they are not what it expects', () => {
    assert.equal(messageSchema.safeParse({ type: 'figures', figures: [], note: '' }).success, true);
    assert.equal(messageSchema.safeParse({ type: 'figures', figures: [{ kind: 'html' }], note: '' }).success, false);
    const picture = { source: 'https://elsewhere/x.png', label: '', size: [1, 1] };
    const figure = { kind: 'pictures', id: 'p', title: '', summary: '', pictures: [picture] };
    assert.equal(messageSchema.safeParse({ type: 'figures', figures: [figure], note: '' }).success, false);
  });

  it('are refused by the extension when the page asks for something else', () => {
    assert.equal(requestSchema.safeParse({ type: 'open', file: 'metric.py', line: 3 }).success, true);
    for (const wrong of [{ type: 'run' }, { type: 'open', file: 'x', line: -1 }, { type: 'ready', more: 1 }, null])
      assert.equal(requestSchema.safeParse(wrong).success, false);
  });
});
