// Measures once for equal inputs. Only measurements are kept: they are judged, and placed in the current text, each time.
import path from 'node:path';
import type { z } from 'zod';
import { describeFailure } from '../../runtime/outcome.ts';
import type { JobOutcome, PythonJob } from '../../runtime/port.ts';
import { cancelled, describeError } from '../../task/errors.ts';
import type { CheckContext } from '../check.ts';
import { PackageFiles } from '../package/files.ts';
import { maskPaths } from '../runs/masked-paths.ts';
import { everything, type Inputs, inputsKey } from './inputs.ts';

export interface Measurement<Value> {
  /** Name of what is measured, with a number that changes when it is measured differently. */
  readonly name: string;
  readonly inputs: Inputs;
  readonly schema: z.ZodType<Value>;
  /** False for what may end otherwise next time, as a job that ran into its time limit; true when absent. */
  readonly lasting?: (value: Value) => boolean;
}

/** The value that was measured for these inputs, else the one that `measure` returns. */
export async function remembered<Value>(
  context: CheckContext,
  measurement: Measurement<Value>,
  measure: () => Promise<Value>,
): Promise<Value> {
  const known = await rememberedEach(context, { '': measurement }, async () => ({ '': await measure() }));
  return known[''] as Value;
}

/** The key of inputs as they are now; null where nothing is remembered. */
export async function keyOf(context: CheckContext, name: string, inputs: Inputs): Promise<string | null> {
  const identity = context.memory.measurements === null ? undefined : await identityOf(context);
  return identity === undefined ? null : inputsKey(name, inputs, identity, context);
}

/** Values of several measurements by name; those that are not known are made together. */
export async function rememberedEach<Value>(
  context: CheckContext,
  measurements: Readonly<Record<string, Measurement<Value>>>,
  measure: (missing: readonly string[]) => Promise<Readonly<Record<string, Value>>>,
): Promise<Readonly<Record<string, Value>>> {
  const cache = context.memory.measurements;
  const identity = cache === null ? undefined : await identityOf(context);
  if (cache === null || identity === undefined) return measure(Object.keys(measurements));
  const values = new Map<string, Value>();
  const missing = new Map<string, { readonly measurement: Measurement<Value>; readonly key: string }>();
  for (const [item, measurement] of Object.entries(measurements)) {
    const key = await inputsKey(measurement.name, measurement.inputs, identity, context);
    const known = parse(await cache.get(key), measurement.schema);
    if (known === undefined) missing.set(item, { measurement, key });
    else values.set(item, known.value);
  }
  const measured = missing.size === 0 ? {} : await measure([...missing.keys()]);
  // What was measured while its files changed belongs to neither state.
  const now = { ...context, files: new PackageFiles(context.folder, context.memory.hashes) };
  for (const [item, { measurement, key }] of missing) {
    const value = measured[item];
    if (value === undefined) throw new Error(`${measurement.name} gave nothing for ${item}`);
    values.set(item, value);
    if (measurement.lasting?.(value) === false) continue;
    const after = await inputsKey(measurement.name, measurement.inputs, identity, now).catch(() => null);
    if (after === key) await cache.put(key, Buffer.from(JSON.stringify(value)));
  }
  return Object.fromEntries(values);
}

/** The outcome of a job; a job that ends well is not run again while its inputs are the same. */
export async function measure<Result>(
  context: CheckContext,
  job: PythonJob<Result>,
  inputs?: Inputs,
  lasting?: (value: Result) => boolean,
): Promise<JobOutcome<Result>> {
  let ended: Exclude<JobOutcome<Result>, { kind: 'done' }> | undefined;
  const run = async (): Promise<Result> => {
    const outcome = await context.runtime.run(job, context.signal);
    if (outcome.kind === 'done') return outcome.value;
    ended = outcome;
    throw new UnmeasuredError();
  };
  if (inputs === undefined && !covered(context, job)) return context.runtime.run(job, context.signal);
  const declared = inputs ?? everything;
  const measurement = {
    name: job.name,
    inputs: { ...declared, values: { args: job.args, more: declared.values ?? null } },
    schema: job.result,
    ...(lasting === undefined ? {} : { lasting }),
  };
  try {
    const value = await remembered(context, measurement, run);
    return { kind: 'done', value, log: '', usage: { wallMs: 0, cpuMs: 0, peakBytes: 0 } };
  } catch (error) {
    if (error instanceof UnmeasuredError && ended !== undefined) return ended;
    throw error;
  }
}

/** Whether a job reads nothing but the package and the raw dataset. */
function covered({ folder, dataset }: CheckContext, { mounts }: PythonJob<unknown>): boolean {
  return mounts.every(
    ({ host, access }) =>
      access === 'read' && (host === folder || host === dataset || host.startsWith(`${folder}${path.sep}`)),
  );
}

/** The value of a measuring job; a job that gives none throws, so that `guarded` reports it. */
export async function measured<Result>(
  context: CheckContext,
  job: PythonJob<Result>,
  inputs?: Inputs,
): Promise<Result> {
  return valueIn(job, await measure(context, job, inputs));
}

/** The value of a job that runs now, whatever is remembered; throws like `measured`. */
export async function freshly<Result>(context: CheckContext, job: PythonJob<Result>): Promise<Result> {
  return valueIn(job, await context.runtime.run(job, context.signal));
}

function valueIn<Result>(job: PythonJob<Result>, outcome: JobOutcome<Result>): Result {
  if (outcome.kind === 'done') return outcome.value;
  if (outcome.kind === 'cancelled') throw cancelled();
  const mounts = Object.fromEntries(job.mounts.map(({ name, host }) => [name, host]));
  throw new Error(maskPaths(describeFailure(outcome), mounts));
}

/** Carries the end of a job past the cache, which keeps values only. */
class UnmeasuredError extends Error {}

/** Hash of the measuring code; undefined when it cannot be told, and nothing is remembered. */
async function identityOf({ runtime, log }: CheckContext): Promise<string | undefined> {
  try {
    return await runtime.identity?.();
  } catch (error) {
    log.write('warn', `Nothing is remembered: ${describeError(error)}`);
    return undefined;
  }
}

/** Entries of the cache are input like any other. */
function parse<Value>(content: Uint8Array | undefined, schema: z.ZodType<Value>): { value: Value } | undefined {
  if (content === undefined) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(content).toString('utf8')));
    return parsed.success ? { value: parsed.data } : undefined;
  } catch {
    return undefined;
  }
}
