// mle-forge doctor: what this machine lacks, and the command that mends it.
import { doctor } from '../runtime/doctor.ts';
import { createManagedEnvironment } from '../runtime/environment.ts';
import type { Arguments } from './arguments.ts';
import { type Command, exit, pythonOption, type Services } from './command.ts';
import { interpreterSearch } from './compose.ts';
import { plain } from './terminal.ts';

const styles = { ok: 'green', warning: 'yellow', missing: 'red' } as const;

export const doctorCommand: Command = {
  name: 'doctor',
  operands: '',
  summary: 'look at the interpreter, its packages, the isolation and the disk',
  details: [],
  options: {
    ...pythonOption,
    install: { type: 'boolean', help: 'create the managed Python environment (about 1 GB) first' },
  },
  run: runDoctor,
};

async function runDoctor(args: Arguments, { terminal, io, signal }: Services): Promise<number> {
  if (args.flag('install')) {
    const base = args.text('python') ?? 'python3';
    const made = await createManagedEnvironment({ base, signal, onLine: (line) => terminal.remark(plain(line)) });
    terminal.remark(`The managed environment is ready: ${plain(made)}`);
  }
  const diagnosis = await doctor(args.flag('install') ? {} : interpreterSearch(args, io));
  terminal.document(diagnosis);
  for (const { name, status, detail, fix } of diagnosis.checks) {
    terminal.say(`${terminal.style(styles[status], status.padEnd(7))}  ${name}: ${plain(detail)}`);
    if (fix !== null) terminal.say(`         -> ${plain(fix)}`);
  }
  return diagnosis.ok ? exit.good : exit.environment;
}
