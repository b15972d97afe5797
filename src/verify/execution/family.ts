// Family EXE: the baselines run, and their scores form a ladder.
import type { Finding } from '../../task/findings.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { type CheckContext, type CheckOutcome, concluded, type FamilyChecks, findingOf } from '../check.ts';
import { guarded, withManifest } from '../engine.ts';
import { ladderOf, scriptOf } from '../runs/baselines.ts';
import type { Grades } from '../runs/grade.ts';
import { executionCatalogue as checks } from './catalogue.ts';
import { checkLadder, ladderChecks } from './ladder.ts';
import { gradedRuns, type TriedRun } from './runs.ts';

const all = [checks.runs, checks.valid, checks.deterministic, ...ladderChecks];

export const executionFamily: FamilyChecks = {
  family: 'EXE',
  after: ['STR'],
  checks: all,
  run: (context) => withManifest(all, context, (manifest) => guarded(all, context, () => execute(context, manifest))),
};

async function execute(context: CheckContext, manifest: TaskSpec): Promise<CheckOutcome[]> {
  const { runs, grades } = await gradedRuns(context, manifest);
  context.ladder.push(...ladderOf(runs, grades, manifest.metric.direction));
  return [
    concluded(checks.runs, await failures(context, runs)),
    concluded(checks.valid, invalid(grades)),
    concluded(checks.deterministic, await differences(context, runs)),
    ...(await checkLadder(context, manifest, grades)),
  ];
}

async function failures(context: CheckContext, runs: readonly TriedRun[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const run of runs) {
    if (run.kind === 'run') continue;
    const file = scriptOf(run.name);
    const range =
      run.line === null ? await context.files.find(file, /^def solve\b.*$/m) : await context.files.line(file, run.line);
    const message = `The ${run.name} baseline gives no submission: ${run.reason}.`.replace(/\.\.$/, '.');
    found.push(findingOf(checks.runs, { message, file, range }));
  }
  return found;
}

function invalid(grades: Grades): Finding[] {
  return Object.entries(grades).flatMap(([name, grade]) => {
    if (grade.kind === 'valid') return [];
    const file = grade.kind === 'invalid' ? `baselines/${name}.py` : 'metric.py';
    const what = grade.kind === 'invalid' ? 'is refused' : 'makes metric.py fail';
    const message = `The submission of the ${name} baseline ${what}: ${grade.message.replace(/\.$/, '')}.`;
    return [findingOf(checks.valid, { message, file, evidence: { baseline: name, kind: grade.kind } })];
  });
}

async function differences(context: CheckContext, runs: readonly TriedRun[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const run of runs) {
    if (run.kind !== 'run' || run.again === 'same') continue;
    const file = scriptOf(run.name);
    const range = await context.files.find(file, /^def solve\b.*$/m);
    const message =
      run.again === 'nothing'
        ? `The ${run.name} baseline gave a submission once and none the second time.`
        : `The ${run.name} baseline gives another submission when it runs again.`;
    found.push(findingOf(checks.deterministic, { message, file, range, evidence: { baseline: run.name } }));
  }
  return found;
}
