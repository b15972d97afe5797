// YAML that others wrote: a document of bounded size, plain data only, no aliases that multiply.
import { parseDocument } from 'yaml';
import { describeError } from '../task/errors.ts';

export type Yaml = { readonly value: unknown; readonly problem: null } | { readonly problem: string };

const MAX_CHARACTERS = 100_000;
/** A configuration repeats itself little; a bomb of aliases does. */
const MAX_ALIASES = 20;

/** The value of the document, or why there is none. */
export function readYaml(text: string): Yaml {
  if (text.length > MAX_CHARACTERS) return { problem: `it has ${text.length} characters; ${MAX_CHARACTERS} are read` };
  try {
    const document = parseDocument(text, { schema: 'core', uniqueKeys: true });
    const [error] = document.errors;
    if (error !== undefined) return { problem: error.message.split('\n')[0] ?? 'it is no YAML' };
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }), problem: null };
  } catch (error) {
    return { problem: describeError(error) }; // too many aliases, or nested too deeply for the stack
  }
}
