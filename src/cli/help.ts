// Help texts, from the table of commands.
import { toolName, toolVersion } from '../task/version.ts';
import { commonOptions, type OptionSpecs } from './arguments.ts';
import type { Command } from './command.ts';
import { aligned } from './terminal.ts';

/** What `mle-forge` alone prints. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, operands, summary }) => [`  ${name} ${operands}`, summary]);
  return [
    `${toolName} ${toolVersion}: machine-learning tasks from raw datasets, verified`,
    '',
    ...aligned(rows),
    '',
    `${toolName} COMMAND --help tells the options of a command.`,
    'Exit status: 0 good, 1 rejected tasks or errors found, 2 wrong usage or bad input, 3 environment not ready, 130 cancelled.',
    '',
  ].join('\n');
}

/** What `mle-forge COMMAND --help` prints. */
export function commandHelp({ name, operands, summary, details, options }: Command): string {
  const all: OptionSpecs = { ...options, ...commonOptions };
  const rows = Object.entries(all).map(([option, { short, value, help }]) => {
    const alias = short === undefined ? '' : `, -${short}`;
    return [`  --${option}${value === undefined ? '' : ` ${value}`}${alias}`, help];
  });
  const text = details.length === 0 ? [] : ['', ...details];
  return [`${toolName} ${name} ${operands} [options]`, `  ${summary}`, ...text, '', ...aligned(rows), ''].join('\n');
}
