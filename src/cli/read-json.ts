// A JSON file that may be absent or foreign.
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';

/** The parsed file; null when it is absent or does not follow the schema. */
export async function readJsonFile<Value>(file: string, schema: z.ZodType<Value>): Promise<Value | null> {
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
