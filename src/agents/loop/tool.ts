// A tool is something that an agent may do. Small arguments come as JSON, text and code as fenced blocks.
import type { z } from 'zod';
import { modelSchema } from '../../models/model-schema.ts';
import type { ContentPart, ToolSpec } from '../../models/port.ts';

export interface ToolResult {
  readonly ok: boolean;
  /** What the model gets to read (or see). */
  readonly parts: readonly ContentPart[];
  /** One line for people and the journal. */
  readonly summary: string;
}

interface Common {
  readonly name: string;
  /** For the model: what it does, when to use it. */
  readonly description: string;
  /**
   * On resume a remembered tool is not run again: its result is read from the run. The others change the state that the
   * agent works on, cost nothing, and are repeated.
   */
  readonly remembered: boolean;
}

/** Called with JSON arguments. */
export interface CallTool<Args = never> extends Common {
  readonly kind: 'call';
  readonly args: z.ZodType<Args>;
  run(args: Args, signal: AbortSignal): Promise<ToolResult>;
}

/** Called by a fenced block whose first word is the tool's name. */
export interface BlockTool extends Common {
  readonly kind: 'block';
  run(argument: string, body: string, signal: AbortSignal): Promise<ToolResult>;
}

export type Tool = CallTool | BlockTool;

/** Keeps the type of the arguments between schema and body; the loop validates before it calls. */
export function callTool<Args>(tool: Omit<CallTool<Args>, 'kind'>): Tool {
  const run = (args: unknown, signal: AbortSignal): Promise<ToolResult> => tool.run(args as Args, signal);
  return { ...tool, kind: 'call', args: tool.args as z.ZodType<never>, run };
}

export function blockTool(tool: Omit<BlockTool, 'kind'>): Tool {
  return { ...tool, kind: 'block' };
}

/** The result of something that went well, as text. */
export function said(text: string, summary = firstLine(text)): ToolResult {
  return { ok: true, parts: [{ kind: 'text', text }], summary };
}

/** The result of something that did not: the model reads why and may try otherwise. */
export function refused(text: string): ToolResult {
  return { ok: false, parts: [{ kind: 'text', text }], summary: firstLine(text) };
}

/** What a model is told of the tools that take a fenced block. */
export function blockGuide(tools: readonly Tool[]): string {
  const lines = tools.flatMap((tool) => (tool.kind === 'block' ? [`- \`${tool.name}\`: ${tool.description}`] : []));
  return lines.join('\n');
}

/** What a model is told of the tools that it may call with JSON. */
export function toolSpecs(tools: readonly Tool[]): ToolSpec[] {
  return tools.flatMap((tool) =>
    tool.kind === 'call'
      ? [{ name: tool.name, description: tool.description, parameters: modelSchema(tool.args) }]
      : [],
  );
}

const summaryLength = 160;

function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > summaryLength ? `${line.slice(0, summaryLength)}…` : line;
}
