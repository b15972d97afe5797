// The real pipeline over scripted agents, a scripted verifier and a Python that only pretends: for tests of the flow.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Designer } from '../../src/agents/contracts.ts';
import { type Candidate, isProposal } from '../../src/agents/proposal.ts';
import { builtinRefactor } from '../../src/agents/refactor/refactor.ts';
import type { Formulation } from '../../src/blueprints/formulation.ts';
import type { ForgeEvent } from '../../src/forge/events.ts';
import { forge } from '../../src/forge/forge.ts';
import type { ForgeDeps, ForgeRequest } from '../../src/forge/request.ts';
import type { JobOutcome, PythonJob, PythonRuntime } from '../../src/runtime/port.ts';
import { cancelled } from '../../src/task/errors.ts';
import type { Finding } from '../../src/task/findings.ts';
import { sha256 } from '../../src/task/hashing.ts';
import { silentLog } from '../../src/task/ports.ts';
import type { Family, VerificationReport } from '../../src/verify/contract.ts';
import { authoredFiles, manifestOf } from './drafts.ts';
import { emptyProfile, sampleFormulation } from './formulations.ts';
import { writeFiles } from './temp-folder.ts';

export interface Script {
  /** Ids of the formulations, best first. */
  readonly formulations: readonly string[];
  /** Findings by task and family for each version of the draft; the last entry holds for all later ones. */
  readonly findings?: Readonly<Record<string, Partial<Record<Family, readonly (readonly Finding[])[]>>>>;
  readonly designer?: Designer;
  readonly refused?: { readonly code: string; readonly reason: string };
  /** Called with the name of each piece of work before it is done; may throw or cancel. */
  readonly before?: (work: string) => void;
}

export interface Scripted {
  readonly request: ForgeRequest;
  readonly deps: ForgeDeps;
  /** Work that was really done, in order. */
  readonly done: string[];
}

/** A forge in `root`: its dataset in `data`, its output in `out`. */
export async function scripted(root: string, script: Script, abort = new AbortController()): Promise<Scripted> {
  await writeFiles(path.join(root, 'data'), { 'table.csv': 'a,b,y\n1,2,no\n' });
  const done: string[] = [];
  const step = (work: string): void => {
    script.before?.(work);
    if (abort.signal.aborted) throw cancelled();
    done.push(work);
  };
  const verify = async (folder: string, only: readonly Family[]): Promise<VerificationReport> => {
    const task = path.basename(folder);
    step(`verify ${task} ${only.join(' ')}`);
    const version = Number(/VERSION = (\d+)/.exec(await readFile(path.join(folder, 'prepare.py'), 'utf8'))?.[1]);
    const findings = only.flatMap((family) => {
      const planned = script.findings?.[task]?.[family] ?? [];
      return planned[Math.min(version, planned.length - 1)] ?? [];
    });
    const ladder = only.includes('EXE') ? rungs : [];
    const checks = only.map((family) => ({ code: `${family}001`, status: 'passed' as const }));
    return { task, verdict: 'accepted', package: sha256(''), findings, checks, ladder };
  };
  const designer: Designer = script.designer ?? plainDesigner;
  const deps: ForgeDeps = {
    runtime: pretendedPython(step),
    clock: { now: () => 1_700_000_000_000 },
    log: silentLog,
    signal: abort.signal,
    agents: {
      engine: 'scripted',
      brainstormer: async () => {
        step('brainstorm');
        const refused = script.refused ?? null;
        const formulations = refused === null ? script.formulations.map(sampleFormulation) : [];
        return {
          formulations,
          dropped: [{ idea: 'the id from the row', code: 'NO_SIGNAL', reason: 'Chance level.' }],
          refused,
        };
      },
      designer: (input, context) => {
        step(`design ${input.formulation.id}`);
        return designer(input, context);
      },
      refactor: (input, context) => {
        step(`refactor ${path.basename(input.folder)}`);
        return builtinRefactor(input, context);
      },
    },
    tools: {
      profileDataset: async () => {
        step('profile');
        return emptyProfile;
      },
      judgeTables: () => [],
      verify: (folder, options) => verify(folder, options.only ?? []),
      figures: async () => '',
      climb: async (folder) => {
        step(`climb ${path.basename(folder)}`);
        await writeFiles(folder, { 'runs/strong/log.txt': 'fitted\n' });
        return rungs;
      },
    },
  };
  const request = {
    dataset: path.join(root, 'data'),
    out: path.join(root, 'out'),
    maxTasks: 2,
    seed: 0,
    keepRejected: false,
  };
  return { request, deps, done };
}

/** Runs to the end and returns the events. */
export async function eventsOf({ request, deps }: Pick<Scripted, 'request' | 'deps'>): Promise<ForgeEvent[]> {
  const events: ForgeEvent[] = [];
  for await (const event of forge(request, deps)) events.push(event);
  return events;
}

const rungs: VerificationReport['ladder'] = [
  { name: 'constant', score: 0.5, ci95: [0.4, 0.6], gain: null },
  { name: 'strong', score: 0.9, ci95: [0.85, 0.95], gain: { value: 0.4, ci95: [0.3, 0.5] } },
];

/** Commits to what it is given, and says that it has answered every finding. */
export const plainDesigner: Designer = async ({ formulation, findings }) => ({
  kind: 'draft',
  formulation,
  draft: { manifest: manifestOf(planned(formulation)), files: authoredFiles(findings.length) },
  changes: findings.map((finding) => `answered ${finding.code}`),
});

function planned(candidate: Candidate): Formulation {
  if (isProposal(candidate)) throw new Error('These tests plan formulations of blueprints.');
  return candidate;
}

/** Answers prepare.py with eight train and four test rows; every other job fails the test. */
function pretendedPython(step: (work: string) => void): PythonRuntime {
  return {
    run: async <Result>(job: PythonJob<Result>): Promise<JobOutcome<Result>> => {
      if (job.name !== 'execute.prepare') throw new Error(`unexpected job ${job.name}`);
      const out = job.mounts.find((mount) => mount.name === 'out')?.host ?? '';
      step(`prepare ${path.basename(path.dirname(out))}`);
      await mkdir(path.join(out, 'public'), { recursive: true });
      await mkdir(path.join(out, 'private'), { recursive: true });
      const rows = (count: number, text: string): string =>
        Array.from({ length: count }, (_, id) => `${id},${text}\n`).join('');
      await writeFile(path.join(out, 'public/train.csv'), `id,a,b,y\n${rows(8, '1,"two\nlines",no')}`);
      await writeFile(path.join(out, 'public/test.csv'), `id,a,b\n${rows(4, '1,2')}`);
      await writeFile(path.join(out, 'public/sample_submission.csv'), `id,y\n${rows(4, 'no')}`);
      await writeFile(path.join(out, 'private/test_answer.csv'), `id,y\n${rows(4, 'yes')}`);
      const value = job.result.parse({
        files: [],
        again: null,
        attempts: [],
        dropped: [{ count: 1, reason: 'the target is missing' }],
      });
      return { kind: 'done', value, log: '', usage: { wallMs: 1, cpuMs: 1, peakBytes: 1 } };
    },
    dispose: async () => {},
  };
}
