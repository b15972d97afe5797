// What recorded runs of interactive solvers say in a verification.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { layout } from '../../../src/task/layout.ts';
import { solverOutcomes } from '../../../src/verify/execution/solver-checks.ts';
import { orderWord } from '../../../src/verify/execution/solver-order.ts';
import { PackageFiles } from '../../../src/verify/package/files.ts';
import { recordSolverRun, type SolverRun, solverRunKey, solverRunName } from '../../../src/verify/runs/solver-runs.ts';
import { writePackage } from '../../support/packages.ts';
import { tempFolder, writeFiles } from '../../support/temp-folder.ts';

const script = 'def solve(public, submission): ...\n';
const pays: SolverRun['gains'] = {
  constant: { value: 0.2, ci95: [0.1, 0.3] },
  strong: { value: 0.01, ci95: [-0.1, 0.1] },
};
const chance: SolverRun['gains'] = { ...pays, constant: { value: 0.02, ci95: [-0.1, 0.1] } };

async function keep(folder: string, model: string, change: Partial<SolverRun>): Promise<void> {
  const run: SolverRun = {
    name: solverRunName(model),
    kind: 'solver',
    key: await solverRunKey(new PackageFiles(folder), script),
    submission: 's',
    model,
    actions: { used: 4, allowed: 12 },
    practice: { train: 6, test: 2, how: 'random rows' },
    attempts: [{ number: 1, outcome: 'scored', validation: 0.7, test: 0.6 }],
    chosen: { attempt: 1, by: 'model' },
    stopped: null,
    score: 0.6,
    ci95: [0.5, 0.7],
    gains: pays,
    order: { spearman: 0.8, n: 5 },
    ...change,
  };
  await recordSolverRun(folder, run, { script, content: Buffer.from('id,y\n'), log: '' });
}

async function outcomes(t: TestContext, ...runs: readonly (readonly [string, Partial<SolverRun>])[]) {
  const folder = await writePackage(await tempFolder(t), 'stones');
  for (const [model, change] of runs) await keep(folder, model, change);
  return { folder, said: await solverOutcomes(new PackageFiles(folder)) };
}

const statuses = (said: readonly { code: string; status: string }[]) =>
  said.map(({ code, status }) => `${code} ${status}`);

test('without a run nothing is said', async (t) => {
  assert.deepEqual((await outcomes(t)).said, []);
});

test('a solver that beats the constant, and whose better attempts score better, says nothing', async (t) => {
  const { said } = await outcomes(t, ['local:a', {}]);
  assert.deepEqual(statuses(said), ['EXE101 passed', 'EXE102 passed']);
  assert.equal(said[0]?.reason, 'played by local:a');
});

test('a gain that may be chance is told, at the target, unless another model did better', async (t) => {
  const { said } = await outcomes(t, ['local:a', { gains: chance }]);
  const [finding] = said.flatMap(({ findings }) => findings);
  assert.equal(finding?.code, 'EXE101');
  assert.equal(finding?.severity, 'information');
  assert.match(finding?.message ?? '', /gain of 0\.02 over the constant baseline may be chance/);
  const both = await outcomes(t, ['local:a', { gains: chance }], ['local:b', {}]);
  assert.deepEqual(statuses(both.said), ['EXE101 passed', 'EXE102 passed']);
});

test('an order that is turned around is a warning with its pairs', async (t) => {
  const attempts = [0.5, 0.6, 0.7, 0.8].map((validation, index) => ({
    number: index + 1,
    outcome: 'scored' as const,
    validation,
    test: 1 - validation,
  }));
  const { said } = await outcomes(t, ['local:a', { attempts, order: { spearman: -1, n: 4 } }]);
  const finding = said.flatMap(({ findings }) => findings)[0];
  assert.equal(finding?.code, 'EXE102');
  assert.equal(finding?.severity, 'warning');
  assert.deepEqual(
    finding?.evidence['pairs'],
    attempts.map(({ validation, test: score }) => [validation, score]),
  );
});

test('with too few attempts, or no constant baseline, nothing is proved', async (t) => {
  const few = { order: { spearman: -1, n: 3 }, gains: { constant: null, strong: null } };
  const { said } = await outcomes(t, ['local:a', few]);
  assert.deepEqual(statuses(said), ['EXE101 skipped', 'EXE102 skipped']);
});

test('a run on other files says nothing, and neither does a record of any other form', async (t) => {
  const { folder } = await outcomes(t, ['local:a', { gains: chance }]);
  await writeFiles(folder, { [layout.train]: 'id,a,b,y\n1,1,3,no\n' });
  assert.deepEqual(await solverOutcomes(new PackageFiles(folder)), []);
  await keep(folder, 'local:a', { gains: chance });
  assert.equal((await solverOutcomes(new PackageFiles(folder))).length, 2);
  await writeFiles(folder, { [`${layout.runs}/solver-local-a/run.json`]: '{"kind": "solver"}' });
  assert.deepEqual(await solverOutcomes(new PackageFiles(folder)), []);
});

test('the order in words', () => {
  assert.match(orderWord({ spearman: 0.9, n: 6 }), /^Better methods got better scores \(Spearman 0\.90, n = 6\)\.$/);
  assert.match(orderWord({ spearman: 0.2, n: 6 }), /unclear/);
  assert.match(orderWord({ spearman: 0, n: 6 }), /did not/);
  assert.match(orderWord({ spearman: null, n: 6 }), /Too few .*undefined/);
});
