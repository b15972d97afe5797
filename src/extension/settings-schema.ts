// Settings as the code sees them. No editor is needed to read what they mean.
import { z } from 'zod';

const limit = z.number().positive().nullable().default(null);

/** Every setting with its default; package.json declares the same keys. */
export const settingsSchema = z.object({
  python: z.string().default(''),
  outputFolder: z.string().default(''),
  maxTasks: z.int().min(1).max(50).default(3),
  seed: z.int().min(0).default(0),
  allowUnsandboxed: z.boolean().default(false),
  verifyOnSave: z.enum(['affected', 'everything', 'off']).default('affected'),
  codeLens: z.boolean().default(true),
  fileDecorations: z.boolean().default(true),
  mcpServer: z.boolean().default(false),
  model: z.string().default(''),
  roles: z.record(z.string(), z.string()).default({}),
  baseUrl: z.string().default(''),
  sendRows: z
    .string()
    .regex(/^(none|\d{1,6})$/, 'a number of rows, or none')
    .default('20'),
  budgetUsd: limit,
  budgetTokens: limit,
  budgetCalls: limit,
  budgetMinutes: limit,
});
export type Settings = z.infer<typeof settingsSchema>;
