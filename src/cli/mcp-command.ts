// mle-forge mcp: the tools for agents, over the Model Context Protocol on standard input and output.
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { describeError, ForgeError } from '../task/errors.ts';
import type { Arguments } from './arguments.ts';
import { type Command, exit, pythonOptions, type Services } from './command.ts';
import { plain } from './terminal.ts';

export const mcpCommand: Command = {
  name: 'mcp',
  operands: '[FOLDER...]',
  summary: 'serve the tools to an agent (Model Context Protocol, stdio)',
  details: [
    'Tools: inspect_dataset, forge_tasks, verify_task, grade_submission, get_findings. They read and write below the given',
    'folders only (default: the current folder). Started by the agent, ends with it; the log goes to stderr.',
  ],
  options: pythonOptions,
  run: runMcp,
};

async function runMcp(args: Arguments, services: Services): Promise<number> {
  const { io, terminal, log, signal } = services;
  const given = args.positionals.length > 0;
  const roots = (given ? args.positionals : ['.']).map((folder) => path.resolve(io.cwd, folder));
  for (const root of roots) await requireFolder(root, given);
  // Here, so that other commands do not wait for it.
  const { serve } = await import('./mcp/serve.ts');
  const { commandLineHost } = await import('./mcp/host.ts');
  terminal.remark(`serving the tools on standard input and output; open folders: ${roots.map(plain).join(', ')}`);
  await serve({
    host: commandLineHost(services, roots),
    stdin: process.stdin,
    stdout: process.stdout,
    signal,
    onCall: (line) => terminal.remark(plain(line)),
    onFault: (error) => {
      const said = describeError(error);
      log.write('error', error instanceof Error ? (error.stack ?? said) : said);
      terminal.complain(`mle-forge: ${plain(said)}`);
      return said;
    },
  });
  return exit.good;
}

/** Clients start servers in folders that nobody chose: there the folders must be named. */
async function requireFolder(root: string, given: boolean): Promise<void> {
  if (!(await stat(root).catch(() => null))?.isDirectory()) {
    throw new ForgeError('ROOT_MISSING', `${root} is no folder.`, 'Give folders that hold datasets or tasks.');
  }
  if (given || (root !== path.parse(root).root && root !== path.resolve(homedir()))) return;
  throw new ForgeError(
    'ROOT_TOO_WIDE',
    `The current folder is ${root}, which is more than an agent should reach.`,
    'Name the folders: mle-forge mcp FOLDER...',
  );
}
