// The options of a program of ours that a person starts from the command line.
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** The options as they were typed; a mistyped one ends the program with a line about it and status 2. */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(options: Options) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(2);
  }
}
