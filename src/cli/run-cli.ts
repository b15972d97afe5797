// One invocation of the command line: from arguments to an exit status. Nothing here ends the process.
import { cancelled, describeError, explainedRefusal, ForgeError } from '../task/errors.ts';
import { systemClock } from '../task/ports.ts';
import { toolVersion } from '../task/version.ts';
import { commonOptions, nearest, parseArguments, usage } from './arguments.ts';
import { type Command, exit } from './command.ts';
import { commands } from './commands.ts';
import { lazyRuntime } from './compose.ts';
import { CrashLog } from './crash-log.ts';
import { commandHelp, overview } from './help.ts';
import { type Io, plain, Terminal } from './terminal.ts';

/** Runs a command. Every failure becomes a message on stderr and an exit status; a stack trace only with MLE_FORGE_DEBUG=1. */
export async function runCli(argv: readonly string[], io: Io, signal: AbortSignal): Promise<number> {
  const debug = io.env['MLE_FORGE_DEBUG'] === '1';
  const crashLog = new CrashLog();
  const log = crashLog.tee(debug ? (line) => io.stderr.write(`${plain(line)}\n`) : null);
  let dispose = async (): Promise<void> => {};
  try {
    const [name, ...rest] = argv;
    const early = answerWithoutCommand(name);
    if (early !== null) {
      io.stdout.write(early);
      return exit.good;
    }
    const command = commandNamed(name ?? '');
    const args = parseArguments(rest, { ...command.options, ...commonOptions });
    if (args.flag('help')) {
      io.stdout.write(commandHelp(command));
      return exit.good;
    }
    const terminal = new Terminal(io, {
      json: args.flag('json'),
      quiet: args.flag('quiet'),
      colour: !args.flag('no-color'),
    });
    const runtime = lazyRuntime(args, { io, terminal, log, signal });
    dispose = runtime.dispose;
    return await command.run(args, { io, terminal, clock: systemClock, log, signal, runtime: runtime.get });
  } catch (error) {
    return complain(signal.aborted ? cancelledUnless(error) : error, io, crashLog, debug);
  } finally {
    await dispose().catch(() => {});
  }
}

function answerWithoutCommand(name: string | undefined): string | null {
  if (name === '--version' || name === '-V') return `${toolVersion}\n`;
  return name === undefined || name === '--help' || name === '-h' || name === 'help' ? overview(commands) : null;
}

function commandNamed(name: string): Command {
  const command = commands.find((known) => known.name === name);
  if (command !== undefined) return command;
  const near = nearest(
    name,
    commands.map((known) => known.name),
  );
  throw usage(
    `Unknown command ${JSON.stringify(name)}.`,
    near === null ? 'See mle-forge --help for the commands.' : `Did you mean ${near}?`,
  );
}

/** After Ctrl+C, whatever was torn down on the way is not news. */
function cancelledUnless(error: unknown): unknown {
  return error instanceof ForgeError && error.kind !== 'internal' ? error : cancelled();
}

const statusOf = {
  input: exit.usage,
  environment: exit.environment,
  budget: exit.found,
  cancelled: exit.cancelled,
  internal: exit.usage,
} as const;

function complain(thrown: unknown, io: Io, crashLog: CrashLog, debug: boolean): number {
  const error = explainedRefusal(thrown);
  if (debug && error instanceof Error) io.stderr.write(`${error.stack ?? error.message}\n`);
  if (error instanceof ForgeError && error.kind !== 'internal') {
    io.stderr.write(`mle-forge: ${plain(error.message)} (${error.code})\n${plain(error.remedy)}\n`);
    return statusOf[error.kind];
  }
  const file = crashLog.write(error);
  io.stderr.write(`mle-forge: a fault of the program: ${plain(describeError(error))}\n`);
  io.stderr.write(file === null ? 'Run again with MLE_FORGE_DEBUG=1 for details.\n' : `The details are in ${file}.\n`);
  return bugStatus;
}

/** EX_SOFTWARE of sysexits.h: neither the user's input nor the environment is at fault. */
const bugStatus = 70;
