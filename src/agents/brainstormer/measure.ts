// Asks the Python half to measure. One call per stage and dataset, so that a table is read once for all its ideas.
import type { z } from 'zod';
import { timeLimits } from '../../runtime/limits.ts';
import { valueOrThrow } from '../../runtime/outcome.ts';
import type { Json } from '../../task/canonical-json.ts';
import type { AgentContext } from '../contracts.ts';
import type { IdeaFeature, Split, TableTaskSource } from './idea.ts';

/** A typical dataset takes seconds; this bounds a pathological one. */
const CPU_SECONDS = 300;

export interface ProbeCandidate {
  readonly id: string;
  readonly source: TableTaskSource;
  readonly target: string;
  readonly objective: 'class' | 'number';
  readonly classes: readonly string[] | null;
  readonly features: readonly IdeaFeature[];
}

/** A split as the probes read it. `history` asks for predictions from the past alone. */
export interface ProbeSplit {
  readonly name: string;
  readonly split: Split;
  readonly stepDays: number | null;
}

/** The part of a candidate that every table probe needs. */
export function candidateArgs(candidate: ProbeCandidate): Record<string, Json> {
  return {
    id: candidate.id,
    source: plainJson(candidate.source),
    target: candidate.target,
    objective: candidate.objective,
    classes: candidate.classes === null ? null : [...candidate.classes],
    features: candidate.features.map(({ name, kind, format }) => ({ name, kind, format })),
  };
}

/** A split in the words of the probes. */
export function splitArgs({ name, split, stepDays }: ProbeSplit): Json {
  const history =
    stepDays === null || split.time === null ? null : { ...split.time, series: [...split.series], stepDays };
  const { kind, testFraction, seed } = split;
  return {
    name,
    kind,
    together: plainJson(split.together),
    time: split.time && { ...split.time },
    testFraction,
    seed,
    history,
  };
}

/** Runs one probe over all candidates. Nothing is run for an empty list. */
export async function probe<Result extends { readonly candidates: readonly unknown[] }>(
  job: 'probes.signal_screen' | 'probes.signal' | 'probes.media_signal',
  candidates: readonly Json[],
  result: z.ZodType<Result>,
  dataset: string,
  seed: number,
  context: AgentContext,
): Promise<Result['candidates']> {
  if (candidates.length === 0) return [];
  const outcome = await context.runtime.run(
    {
      name: job,
      args: { seed, candidates: [...candidates] },
      result,
      mounts: [{ name: 'dataset', host: dataset, access: 'read' }],
      limits: timeLimits(CPU_SECONDS),
    },
    context.signal,
  );
  const value = valueOrThrow(
    outcome,
    'SIGNAL_PROBE_FAILED',
    'The dataset could not be measured',
    'Look at the problems that `inspect` reports for the dataset, repair or remove the files it names, and run again.',
  );
  return value.candidates;
}

/** Formulation data are plain JSON already; this only says so to the type checker. */
export function plainJson(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
