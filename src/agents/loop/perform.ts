// Does what an action asks for, and turns whatever happens into something that a model can read.
import { z } from 'zod';
import { describeError, ForgeError } from '../../task/errors.ts';
import type { Action } from './actions.ts';
import { refused, type Tool, type ToolResult } from './tool.ts';

/**
 * Runs one action. Unknown tools, malformed arguments and tools that throw are results, not errors.
 * @throws ForgeError when the run was cancelled or its environment is gone.
 */
export async function perform(action: Action, tools: readonly Tool[], signal: AbortSignal): Promise<ToolResult> {
  if (action.fault !== null) return refused(action.fault);
  const tool = tools.find(({ name }) => name === action.name);
  if (tool === undefined) {
    return refused(`There is no tool "${action.name}". There are: ${tools.map(({ name }) => name).join(', ')}.`);
  }
  try {
    if (tool.kind === 'block') {
      if (action.input.kind === 'block') return await tool.run(action.input.argument, action.input.body, signal);
      return refused(`"${tool.name}" takes its text in a fenced block that starts with \`\`\`${tool.name}.`);
    }
    if (action.input.kind === 'block') return refused(`"${tool.name}" is called with JSON arguments.`);
    const args = tool.args.safeParse(jsonOf(action.input.text));
    if (!args.success) return refused(`The arguments of ${tool.name} do not fit:\n${z.prettifyError(args.error)}`);
    return await tool.run(args.data, signal);
  } catch (error) {
    if (error instanceof ForgeError && error.kind !== 'input') throw error;
    return refused(`${tool.name} failed: ${describeError(error)}`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    return undefined;
  }
}
