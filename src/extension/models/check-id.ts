// Whether an id that was typed can be opened.
import { parseModelId } from '../../models/endpoint.ts';
import { ForgeError } from '../../task/errors.ts';
import { parseEditorModelId } from './editor-line.ts';

/** Ids that are no provider's: a local file, a cassette. */
const files = /^(gguf|replay):./;

/** What is wrong with the id; undefined when it can be tried. */
export function checkModelId(id: string): string | undefined {
  if (parseEditorModelId(id) !== null || files.test(id)) return undefined;
  try {
    parseModelId(id);
    return undefined;
  } catch (error) {
    if (error instanceof ForgeError) return `${error.message} ${error.remedy}`;
    throw error;
  }
}
