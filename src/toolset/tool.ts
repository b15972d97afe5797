// A tool as a language model sees it: a name, what it is for, a checked input, and an answer in words and as data.
import { z } from 'zod';
import { ForgeError } from '../task/errors.ts';
import type { Call, ToolHost } from './host.ts';

export interface ToolAnswer {
  /** For the model: short, bounded, without control characters. */
  readonly text: string;
  /** The same for programs. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Tool {
  /** `verb_noun`; stable, since instructions and permissions of clients name it. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** For the model: what it does, when to call it, what it costs. */
  readonly description: string;
  readonly input: z.ZodObject;
  /** Changes nothing on the disk. */
  readonly isReadOnly: boolean;
  /**
   * Checks `input` and does the work.
   * @throws ForgeError with what the model should do next.
   */
  run(input: unknown, host: ToolHost, call: Call): Promise<ToolAnswer>;
}

interface Definition<Shape extends z.ZodRawShape> extends Omit<Tool, 'input' | 'run'> {
  readonly input: z.ZodObject<Shape>;
  run(input: z.output<z.ZodObject<Shape>>, host: ToolHost, call: Call): Promise<ToolAnswer>;
}

/** A tool whose `run` takes anything and refuses what does not follow its schema. */
export function defineTool<Shape extends z.ZodRawShape>(definition: Definition<Shape>): Tool {
  const { name, input: schema, run } = definition;
  return {
    ...definition,
    run: (given, host, call) => {
      const parsed = schema.safeParse(given);
      if (parsed.success) return run(parsed.data, host, call);
      const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the input'}: ${message}`);
      throw new ForgeError('TOOL_INPUT', `${name} cannot take this: ${problems.join('; ')}.`, 'Follow its schema.');
    },
  };
}

/** The JSON schema of what a caller may send: values with a default may be left out. */
export function inputSchema({ input }: Pick<Tool, 'input'>): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input', target: 'draft-7' });
  return schema;
}
