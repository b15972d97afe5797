// The environment as tools of a model: observe, execute, validate, history, reset, submit.
import path from 'node:path';
import { z } from 'zod';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { readStart } from '../../verify/package/regular-file.ts';
import { shown } from '../../verify/shown-number.ts';
import { quoted } from '../loop/quoted.ts';
import { blockTool, callTool, refused, said, type Tool, type ToolResult } from '../loop/tool.ts';
import { Allowance, type SharedRows } from '../tools/shared-rows.ts';
import { type Attempt, bestAttempt, type SolverEnvironment } from './environment.ts';

export interface SolverToolOptions {
  readonly environment: SolverEnvironment;
  readonly manifest: TaskSpec;
  /** Folder of the task. */
  readonly folder: string;
  /** Names of the public files, relative to data/public. */
  readonly publicFiles: readonly string[];
  readonly sharedRows: SharedRows;
}

const MOST_BYTES = 64_000;
/** Of a log the end tells most. */
const MOST_LOG = 3_000;
const spent = 'No action is left. Call submit with the number of an attempt.';

/** The tools; without `execute` where the user shares no rows, since a script may print any. */
export function solverTools(options: SolverToolOptions): readonly Tool[] {
  const { environment } = options;
  const tools = [observeTool(options), validateTool(options), historyTool(options), resetTool(environment)];
  if (options.sharedRows !== 'none') tools.push(executeTool(options));
  return [...tools, submitTool(environment)];
}

function observeTool({ environment, folder, publicFiles, sharedRows }: SolverToolOptions): Tool {
  const allowance = new Allowance(sharedRows);
  return callTool({
    name: 'observe',
    description:
      'Shows the first lines of a public file: its header, and as many rows as the user shares. Costs one action.',
    args: z.strictObject({ file: z.string().describe('Path below the public folder.'), rows: z.int() }),
    // It counts actions, so it is repeated on resume; the files are the same then.
    remembered: false,
    run: async ({ file, rows }) => {
      if (!publicFiles.includes(file)) return refused(`There is no public file of that name.`);
      const place = path.join(folder, layout.publicData, file);
      const seen = await environment.observe(async () => ({ start: await readStart(place, MOST_BYTES) }));
      if (seen === null) return refused(spent);
      if (seen.start === null) return refused('It cannot be read.');
      const lines = seen.start.replace(/\n$/, '').split('\n');
      const wanted = Array.from({ length: Math.max(0, Math.min(rows, lines.length - 1)) }, (_, row) => row);
      const some = allowance.take(file, wanted);
      const text = [lines[0] ?? '', ...some.map((row) => lines[row + 1] ?? '')].join('\n');
      const left = wanted.length > some.length ? ' No more rows of it are shared.' : '';
      return said(`${quoted(file, text)}${left}\n${actions(environment)}`, `read ${some.length} rows`);
    },
  });
}

function executeTool({ environment }: SolverToolOptions): Tool {
  return blockTool({
    name: 'execute',
    description:
      'A fenced block that starts with ```execute runs its text as a Python script, to look at the data. RAW is the public folder (a pathlib.Path, read only). Print figures, not rows: the output comes back, cut. Nothing is kept from one script to the next. Costs one action.',
    remembered: false,
    run: async (_argument, code) => {
      const explored = await environment.execute(code);
      if (explored === null) return refused(spent);
      const { ok, problem, printed } = explored;
      const output = printed.trim() === '' ? 'It printed nothing.' : quoted('output of the script', printed.trimEnd());
      if (ok) return said(`${output}\n${actions(environment)}`, 'ran a script');
      return refused(`The script failed.\n${quoted('the error', problem)}\n${output}\n${actions(environment)}`);
    },
  });
}

function validateTool(options: SolverToolOptions): Tool {
  const { environment } = options;
  return blockTool({
    name: 'validate',
    description:
      'A fenced block that starts with ```validate holds a whole solver script with `solve(public, submission)`. It is run on a practice task, in which a part of train stands as test, and scored there with the grader of the task. That is an attempt. Costs one action.',
    remembered: false,
    run: async (_argument, script) => {
      if (script.trim() === '') return refused('The block is empty. Write the whole script.');
      const attempt = await environment.validate(script);
      return attempt === null ? refused(spent) : attemptText(attempt, options);
    },
  });
}

function historyTool(options: SolverToolOptions): Tool {
  const { environment } = options;
  return callTool({
    name: 'history',
    description: 'Lists your attempts with their scores. Costs nothing.',
    args: z.strictObject({}),
    remembered: false,
    run: async () => {
      const lines = environment.history().map((attempt) => lineOf(attempt, options.manifest));
      return said(`${lines.length === 0 ? 'No attempt yet.' : lines.join('\n')}\n${actions(environment)}`, 'history');
    },
  });
}

function resetTool(environment: SolverEnvironment): Tool {
  return callTool({
    name: 'reset',
    description: 'Starts over: your attempts are set aside and cannot be submitted. Actions are not refilled.',
    args: z.strictObject({}),
    remembered: false,
    run: async () => {
      environment.reset();
      return said(`Your attempts are set aside. ${actions(environment)}`);
    },
  });
}

function submitTool(environment: SolverEnvironment): Tool {
  return callTool({
    name: 'submit',
    description: 'Hands the script of an attempt over as your solution, and ends the work. You do not get its score.',
    args: z.strictObject({ attempt: z.int() }),
    remembered: false,
    run: async ({ attempt: number }) => {
      const attempt = environment.submit(number);
      return attempt === null
        ? refused(`Attempt ${number} cannot be submitted: it is none of yours, was set aside, or has no score.`)
        : said(`Attempt ${number} is submitted.`);
    },
  });
}

function attemptText(attempt: Attempt, { environment, manifest, sharedRows }: SolverToolOptions): ToolResult {
  const best = bestAttempt(environment.history(), manifest.metric.direction);
  const mark =
    best === null
      ? ''
      : best.number === attempt.number
        ? ' It is your best so far.'
        : ` Your best is attempt ${best.number}.`;
  const text = `${lineOf(attempt, manifest)}${mark}\n${actions(environment)}`;
  const { result } = attempt;
  const details = [];
  if (sharedRows !== 'none') {
    if (result.kind === 'failed') details.push(quoted('the error', result.reason));
    if (result.kind === 'invalid') details.push(quoted('what the grader says', result.message));
    if (result.log.trim() !== '')
      details.push(quoted('what the script printed', result.log.trimEnd().slice(-MOST_LOG)));
  }
  const whole = [text, ...details].join('\n');
  return result.kind === 'scored'
    ? said(whole, lineOf(attempt, manifest))
    : { ...refused(whole), summary: lineOf(attempt, manifest) };
}

/** One line on an attempt; no word in it comes from the data. */
function lineOf({ number, result, setAside }: Attempt, { metric }: TaskSpec): string {
  const aside = setAside ? ' (set aside)' : '';
  switch (result.kind) {
    case 'scored':
      return `Attempt ${number}: ${metric.name} ${shown(result.score)} (95 % interval ${shown(result.ci95[0])} to ${shown(result.ci95[1])}; ${metric.direction}).${aside}`;
    case 'invalid':
      return `Attempt ${number}: its submission is invalid.${aside}`;
    case 'failed': {
      // The type of an exception; its message may quote a cell.
      const type = /^[A-Za-z]+(?=:)/.exec(result.reason)?.[0];
      const place = result.line === null ? '' : ` in line ${result.line}`;
      return `Attempt ${number}: the script failed${place}${type === undefined ? '' : ` with ${type}`}.${aside}`;
    }
  }
}

function actions({ actionsLeft }: SolverEnvironment): string {
  return actionsLeft === 1 ? '1 action is left.' : `${actionsLeft} actions are left.`;
}
