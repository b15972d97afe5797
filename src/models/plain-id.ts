// What a model is called in what a run leaves behind: files that a person hands on name no folder of this machine.
import path from 'node:path';

/** The id without the folders of the file that a local model or a cassette is read from. */
export function plainId(id: string): string {
  const file = /^(?<kind>gguf|replay):(?<file>.+)$/.exec(id)?.groups;
  return file === undefined ? id : `${file['kind']}:${path.win32.basename(file['file'] ?? '')}`;
}
