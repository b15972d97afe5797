// What a reader of one layout answers.
import type { ForeignFormat, ForeignTask } from '../task/foreign.ts';

/** The task; null when the folder has not this layout; or why it cannot be read although it has. */
export type Recognised = { readonly task: ForeignTask } | { readonly problem: string } | null;

/** A folder that has the signs of a layout and cannot be read as such. */
export function unreadable(format: ForeignFormat, file: string, why: string): Recognised {
  return { problem: `It looks like ${format}, but ${file} cannot be used: ${why}` };
}
