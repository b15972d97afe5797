// A dataset on paper and a Python half that answers as a test says, for the tools that look at a dataset.
import assert from 'node:assert/strict';
import { forgetfulDesk } from '../../../src/agents/loop/desk.ts';
import { perform } from '../../../src/agents/loop/perform.ts';
import type { Tool, ToolResult } from '../../../src/agents/loop/tool.ts';
import { type DatasetToolOptions, datasetTools } from '../../../src/agents/tools/dataset-tools.ts';
import { judgeTables } from '../../../src/dataset/judge-table.ts';
import type { DatasetProfile } from '../../../src/dataset/profile.ts';
import type { JobOutcome, PythonJob, PythonRuntime } from '../../../src/runtime/port.ts';

const usage = { wallMs: 0, cpuMs: 0, peakBytes: 0 };

export interface Scripted extends PythonRuntime {
  readonly jobs: PythonJob<unknown>[];
  /** What the first job was asked. */
  asked(): Readonly<Record<string, unknown>>;
}

/** A runtime whose jobs give what `answer` says; a value must fit the job, as in the real one. */
export function scripted(answer: (job: PythonJob<unknown>) => unknown): Scripted {
  const jobs: PythonJob<unknown>[] = [];
  return {
    jobs,
    asked: () => (jobs[0] ?? assert.fail('no job ran')).args as Readonly<Record<string, unknown>>,
    run: async <Result>(job: PythonJob<Result>): Promise<JobOutcome<Result>> => {
      jobs.push(job);
      const given = answer(job);
      if (given instanceof Failed) return given.outcome;
      return { kind: 'done', value: job.result.parse(given), log: '', usage };
    },
    dispose: async () => {},
  };
}

/** An answer by which a job ends without a value. */
export class Failed {
  readonly outcome: Exclude<JobOutcome<never>, { kind: 'done' }>;

  constructor(type: string, message: string, line: number) {
    const error = { type, message, frames: [{ file: 'script/script', line, function: 'derive' }] };
    this.outcome = { kind: 'raised', error, log: '', usage };
  }
}

export const noPython = scripted((job) => assert.fail(`no job was expected, but ${job.name} ran`));

export interface Tries {
  call(name: string, args: unknown): Promise<ToolResult>;
  block(name: string, argument: string, body: string): Promise<ToolResult>;
}

/** The tools over a profile. */
export function toolsOver(profile: DatasetProfile, options: Partial<DatasetToolOptions> = {}): readonly Tool[] {
  return datasetTools({
    dataset: import.meta.dirname,
    profile,
    judgements: judgeTables(profile),
    runtime: noPython,
    desk: forgetfulDesk(),
    sharedRows: 10,
    seesImages: true,
    ...options,
  });
}

/** The tools over a profile, called as the loop calls them. */
export function tries(profile: DatasetProfile, options: Partial<DatasetToolOptions> = {}): Tries {
  const tools = toolsOver(profile, options);
  const { signal } = new AbortController();
  return {
    call: (name, args) =>
      perform({ callId: 'c', name, input: { kind: 'json', text: JSON.stringify(args) }, fault: null }, tools, signal),
    block: (name, argument, body) =>
      perform({ callId: null, name, input: { kind: 'block', argument, body }, fault: null }, tools, signal),
  };
}

/** All text of a result. */
export function textOf(result: ToolResult): string {
  return result.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n');
}

/** The text of a result without what is quoted: what a model takes for our words. */
export function ownWords(result: ToolResult): string {
  return textOf(result).replace(/\[(data [0-9a-f]{12}): [\s\S]*?\n\[\1: end\]/g, '<quoted>');
}
