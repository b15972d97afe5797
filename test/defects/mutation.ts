// Mutation of graders: which mutants of the generated metrics does the metric contract find?
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { TaskSpec } from '../../src/task/spec.ts';
import { judgeMetric } from '../../src/verify/metric/family.ts';
import { metricTrials } from '../../src/verify/metric/probe.ts';
import { writeMetricPackage } from '../support/metric-packages.ts';
import { metricCases } from '../unit/metric-code/metric-cases.ts';
import { equivalenceOf } from './equivalent-mutants.ts';

const answerSchema = z.object({
  package: z.string(),
  operator: z.string(),
  line: z.int(),
  ended: z.string().optional(),
  why: z.string().optional(),
  trials: z.unknown().optional(),
  diff: z.string().optional(),
  source: z.string(),
});

export interface MutantResult {
  readonly metric: string;
  readonly operator: string;
  readonly line: number;
  readonly diff: string;
  /** Codes that found it; empty for a survivor. */
  readonly killers: readonly string[];
  /** Every finding about it is a warning. */
  readonly mild: boolean;
  readonly same: boolean;
  /** Why nothing can tell it from the original; only for survivors that were not told apart. */
  readonly equivalent: string | null;
}

/** Tries a share of the mutants of every metric of the registry. Untouched metrics with findings are false alarms. */
export async function mutateGraders(
  folder: string,
  python: string,
  share: number,
  metrics: readonly string[] | null,
  onStage: (text: string) => void,
): Promise<{ mutants: MutantResult[]; falseAlarms: string[] }> {
  const manifests = new Map<string, TaskSpec>();
  for (const [name, options] of Object.entries(metricCases)) {
    if (metrics !== null && !metrics.includes(name)) continue;
    manifests.set(name, await writeMetricPackage(path.join(folder, name), options));
  }
  const metricOf = (answer: Answer): TaskSpec['metric'] => {
    const metric = manifests.get(answer.package)?.metric;
    if (metric === undefined) throw new Error(`no metric ${answer.package}`);
    return metric;
  };
  const tried = async (request: object, onAnswer: (answer: Answer) => void): Promise<void> => {
    for await (const line of linesOf(python, 'mutation_trials.py', folder, request)) {
      onAnswer(answerSchema.parse(JSON.parse(line)));
    }
  };
  // Most mutants fall in the cheaper trials; only those that do not, and the untouched metrics, see all of them.
  const mutants: MutantResult[] = [];
  const standing: Pick<Answer, 'package' | 'operator' | 'line' | 'source'>[] = [];
  await tried({ packages: [...manifests.keys()], share, brief: true }, (answer) => {
    const mutant = answer.operator === 'none' ? null : judged(answer, metricOf(answer));
    if (mutant !== null && mutant.killers.length > 0) mutants.push(mutant);
    else standing.push(answer);
  });
  onStage(`${mutants.length} killed by submissions; all trials for the other ${standing.length}`);
  const falseAlarms: string[] = [];
  const alive: { index: number; package: string; source: string }[] = [];
  const again = standing.map(({ package: name, operator, line, source }) => ({
    package: name,
    operator,
    line,
    source,
  }));
  await tried({ mutants: again }, (answer) => {
    if (answer.operator === 'none') {
      falseAlarms.push(...alarms(answer, metricOf(answer)));
      return;
    }
    const mutant = judged(answer, metricOf(answer));
    if (mutant.killers.length === 0)
      alive.push({ index: mutants.length, package: answer.package, source: answer.source });
    mutants.push(mutant);
  });
  onStage(`${alive.length} alive; comparing them with the originals`);
  for await (const line of linesOf(python, 'same_scores.py', folder, alive)) {
    for (const [place, same] of z.array(z.boolean()).parse(JSON.parse(line)).entries()) {
      const index = alive[place]?.index ?? -1;
      const mutant = mutants[index];
      if (mutant !== undefined && same) mutants[index] = { ...mutant, same, equivalent: equivalenceOf(mutant.diff) };
    }
  }
  return { mutants, falseAlarms };
}

/** The lines that a program of this folder prints; throws when it fails. */
async function* linesOf(python: string, script: string, folder: string, input: unknown): AsyncIterable<string> {
  const env = { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' };
  const program = path.join(import.meta.dirname, script);
  const child = spawn(python, [program, folder], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdin.end(JSON.stringify(input));
  yield* createInterface({ input: child.stdout });
  if ((await ended) !== 0) throw new Error(`${script} broke off`);
}

type Answer = z.infer<typeof answerSchema>;

function faultsOf({ trials, why }: Answer, metric: TaskSpec['metric']) {
  if (trials === undefined) throw new Error(why ?? 'no trials');
  return judgeMetric(resultSchema.parse(trials), metric).faults;
}

const resultSchema = metricTrials({ folder: '' }).result;

function alarms(answer: Answer, metric: TaskSpec['metric']): string[] {
  return faultsOf(answer, metric).map(({ check, message }) => `${answer.package}: ${check.code} ${message}`);
}

function judged(answer: Answer, metric: TaskSpec['metric']): MutantResult {
  const { operator, line, diff = '' } = answer;
  // A mutant that took the trials down is found by MET018.
  const faults = answer.ended === undefined ? faultsOf(answer, metric) : null;
  const killers = faults === null ? ['MET018'] : [...new Set(faults.map(({ check }) => check.code))].sort();
  const mild = faults?.every(({ check, severity }) => (severity ?? check.severity) !== 'error') ?? false;
  return { metric: answer.package, operator, line, diff, killers, mild, same: false, equivalent: null };
}
