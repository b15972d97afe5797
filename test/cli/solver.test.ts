// Models that play and judge tasks, as a person asks for it: a real task, the real sandbox, a server that says what a test wants.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { mleForge, type Outcome } from '../support/command-line.ts';
import { faultServer, hang, say } from '../support/fault-server.ts';
import { endAfter } from '../support/interrupt.ts';
import { plainPython } from '../support/plain-python.ts';
import { buildSampleTask, copyTask, type SampleTask } from '../support/sample-task.ts';

const noKeys = {
  OPENAI_API_KEY: '',
  OPENAI_BASE_URL: '',
  MLE_FORGE_API_KEY: '',
  MLE_FORGE_BASE_URL: '',
  MLE_FORGE_PRICES: '',
};
const run = (args: readonly string[]): Promise<Outcome> => mleForge(args, { env: noKeys });

/** A solver that predicts one kind for all, or follows one measure. */
const solver = (rule: string): string => `I try a rule.

\`\`\`validate
from pathlib import Path

import pandas as pd


def solve(public: Path, submission: Path) -> None:
    test = pd.read_csv(public / "test.csv", dtype={"code": str})
    kinds = ${rule}
    pd.DataFrame({"id": test["id"], "kind": kinds}).to_csv(submission, index=False)
\`\`\`
`;
const constant = solver('"light"');
const product = solver('["heavy" if a * b * 4 + a > 0.35 else "light" for a, b in zip(test.length, test.width)]');
const submit = (attempt: number): string =>
  `\`\`\`call\n{"tool": "submit", "arguments": {"attempt": ${attempt}}}\n\`\`\`\n`;

let clean: SampleTask;
before(async () => {
  clean = await buildSampleTask(plainPython, 400);
});
after(() => clean.remove());

test('a model plays a task, is scored beside the baselines, and its run is kept', async (t) => {
  const task = await copyTask(clean);
  t.after(() => task.remove());
  const peek =
    '```execute\nprint(sorted(path.name for path in RAW.parent.rglob("*answer*")), len(list(RAW.iterdir())))\n```\n';
  const server = await faultServer(
    t,
    [peek, constant, product, submit(2)].map((text) => say(text)),
  );
  const outcome = await run(['solve', task.folder, '--model', 'local:tiny', '--base-url', server.url, '--json']);
  assert.equal(outcome.status, 0, outcome.stderr);
  const result = JSON.parse(outcome.stdout);
  assert.match(JSON.stringify(server.bodies[1]), /\[\] 4/, 'it sees the four public files and no answers');
  assert.equal(result.solver.name, 'solver-local-tiny');
  assert.ok(result.solver.score > 0.7, `${result.solver.score}`);
  assert.ok(result.solver.gains.constant.ci95[0] > 0, 'it beats the constant baseline by more than chance');
  assert.equal(typeof result.solver.gains.strong.value, 'number');
  assert.deepEqual(
    [result.order.n, result.order.spearman, result.order.word],
    [2, 1, 'Too few attempts to say whether better methods get better scores (Spearman 1.00, n = 2).'],
  );
  assert.deepEqual(result.actions, { used: 3, allowed: 12 });
  assert.deepEqual([result.cost.calls, result.cost.usd], [4, null]);
  const place = path.join(task.folder, 'runs/solver-local-tiny');
  for (const file of ['run.json', 'solve.py', 'submission.csv', 'log.txt'])
    assert.ok(existsSync(path.join(place, file)), file);
  const graded = await run(['grade', task.folder, path.join(place, 'submission.csv'), '--json']);
  assert.equal(JSON.parse(graded.stdout).score, result.solver.score);
  assert.match(
    outcome.stderr,
    /To 127\.0\.0\.1:\d+ goes: .*at most 20 rows of each table\. There is no limit on what it may cost\./,
  );
});

test('a budget ends the work before it is passed, and what was paid for is kept', async (t) => {
  const task = await copyTask(clean);
  t.after(() => task.remove());
  const server = await faultServer(t, [say(product), say('Let me think.')]);
  const args = [
    'solve',
    task.folder,
    '--model',
    'local:tiny',
    '--base-url',
    server.url,
    '--budget-calls',
    '1',
    '--json',
  ];
  const outcome = await run(args);
  assert.equal(outcome.status, 0, outcome.stderr);
  assert.equal(server.bodies.length, 1);
  const result = JSON.parse(outcome.stdout);
  assert.equal(result.stopped.code, 'BUDGET_SPENT');
  assert.deepEqual(result.chosen, { attempt: 1, by: 'environment' });
});

test('Ctrl+C ends a solver at once and leaves nothing behind in the task', async (t) => {
  const task = await copyTask(clean);
  t.after(() => task.remove());
  const server = await faultServer(t, [hang]);
  let killed = 0;
  const { status } = await mleForge(['solve', task.folder, '--model', 'local:tiny', '--base-url', server.url], {
    env: noKeys,
    ...endAfter(server.bodies, 1, 'SIGINT', {
      at: (moment) => {
        killed = moment;
      },
    }),
  });
  assert.equal(status, 130);
  assert.ok(Date.now() - killed < 2000);
  assert.equal(existsSync(path.join(task.folder, 'runs')), false);
});

test('a judge quotes what it finds wrong, and a later verification by hand still says it', async (t) => {
  const task = await copyTask(clean);
  t.after(() => task.remove());
  const claim = {
    rubric: 'missing',
    weight: 'serious',
    file: 'description.md',
    quote: '`length` and `width` (scaled)',
    problem: 'It is not told what they were scaled by.',
    remedy: 'Name the scale.',
  };
  const invented = { ...claim, quote: 'weights are given in stone' };
  const server = await faultServer(t, [say(JSON.stringify({ claims: [claim, invented] }))]);
  const verify = ['verify', task.folder, '--only', 'REV', '--json'];
  const reviewed = await run([
    ...verify,
    '--review',
    'local:tiny,local:other',
    '--base-url',
    server.url,
    '--send-rows',
    '2',
  ]);
  assert.equal(server.bodies.length, 2, 'each judge is asked once');
  assert.match(reviewed.stderr, /local:tiny: 1 claims, 1 dropped/);
  const found = (text: string) => JSON.parse(text).findings.filter(({ code }: { code: string }) => code === 'REV105');
  const [finding] = found(reviewed.stdout);
  assert.equal(finding.severity, 'warning');
  const line = readFileSync(path.join(task.folder, 'description.md'), 'utf8').split('\n')[finding.range.start.line];
  assert.equal(line?.slice(finding.range.start.character, finding.range.end.character), claim.quote);
  assert.deepEqual(finding.evidence.judges, ['local:tiny', 'local:other']);
  assert.deepEqual(found((await run(verify)).stdout), [finding]);
  await task.replace('description.md', 'scaled', 'scaled to one');
  const later = JSON.parse((await run(verify)).stdout);
  assert.deepEqual(found(JSON.stringify(later)), []);
  const check = later.checks.find(({ code }: { code: string }) => code === 'REV105');
  assert.equal(check.status, 'skipped');
  assert.equal(server.bodies.length, 2, 'a plain verification asks nobody');
});

for (const [args, expected, says] of [
  [['solve'], 2, /solve takes one task/],
  [['solve', 'TASK'], 2, /solve needs a model/],
  [['solve', 'TASK', '--model', 'local:x', '--actions', '0'], 2, /--actions must be a whole number of at least 1/],
  [['solve', 'TASK', '--model', 'local:x'], 3, /MLE_FORGE_BASE_URL/],
  [['solve', 'nowhere', '--model', 'local:x'], 2, /nowhere does not exist/],
  [['verify', 'TASK', '--budget-usd', '1'], 2, /--budget-usd has no effect without --review/],
  [['verify', 'TASK', '--review', 'local:x', '--watch'], 2, /--review and --watch/],
  [['verify', 'TASK', '--review', 'local:x', '--no-write'], 2, /--review and --no-write/],
  [['verify', 'TASK', '--review', 'local:x'], 3, /MLE_FORGE_BASE_URL/],
] as const) {
  test(`${args.join(' ')} is refused with a remedy`, async () => {
    const { status, stderr, stdout } = await run(args.map((arg) => (arg === 'TASK' ? clean.folder : arg)));
    assert.equal(status, expected, stderr);
    assert.match(stderr, says);
    assert.equal(stdout, '');
  });
}
