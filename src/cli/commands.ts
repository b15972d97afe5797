// All commands, in the order of the help.
import { baselineCommand } from './baseline-command.ts';
import type { Command } from './command.ts';
import { doctorCommand } from './doctor-command.ts';
import { forgeCommand } from './forge-command.ts';
import { gradeCommand } from './grade-command.ts';
import { listCommand } from './list-command.ts';
import { mcpCommand } from './mcp-command.ts';
import { modelsCommand } from './models-command.ts';
import { profileCommand } from './profile-command.ts';
import { showCommand } from './show-command.ts';
import { solveCommand } from './solve-command.ts';
import { verifyCommand } from './verify-command.ts';

export const commands: readonly Command[] = [
  forgeCommand,
  profileCommand,
  verifyCommand,
  gradeCommand,
  baselineCommand,
  solveCommand,
  listCommand,
  showCommand,
  mcpCommand,
  doctorCommand,
  modelsCommand,
];
