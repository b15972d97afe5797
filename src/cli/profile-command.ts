// mle-forge profile: what is in a dataset.
import path from 'node:path';
import { profileText } from '../dataset/describe-profile.ts';
import { judgeTables } from '../dataset/judge-table.ts';
import { profileDataset } from '../dataset/profile-dataset.ts';
import { type Arguments, usage } from './arguments.ts';
import { type Command, exit, pythonOptions, type Services } from './command.ts';

export const profileCommand: Command = {
  name: 'profile',
  operands: 'DATASET',
  summary: 'say what is in a dataset folder or file',
  details: [
    'Tables with their columns, relations between them, media with their labels, and files that cannot be read.',
  ],
  options: pythonOptions,
  run: runProfile,
};

async function runProfile(args: Arguments, services: Services): Promise<number> {
  const [dataset, ...others] = args.positionals;
  if (dataset === undefined || others.length > 0)
    throw usage('profile takes one dataset.', 'Write: mle-forge profile DATASET');
  const { terminal, log, signal, io } = services;
  const runtime = await services.runtime();
  terminal.status('measuring the dataset ...');
  const profile = await profileDataset(path.resolve(io.cwd, dataset), { runtime, log, signal });
  terminal.status('');
  const judgements = judgeTables(profile);
  terminal.document({ ...profile, judgements });
  terminal.say(profileText(profile, judgements).trimEnd());
  return exit.good;
}
