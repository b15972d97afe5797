// How the editor calls the tools: names there are shared by all extensions.
import type { Tool } from '../../toolset/tool.ts';

/** The name of a tool in `vscode.lm.tools` and in package.json. */
export function editorToolName({ name }: Pick<Tool, 'name'>): string {
  return `mle-forge_${name}`;
}
