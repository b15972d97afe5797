// Family STR: what must be true of the files before anything is run.
import type { FamilyChecks } from '../check.ts';
import { guarded } from '../engine.ts';
import { checkCode, codeChecks } from './code.ts';
import { checkDescription, descriptionChecks } from './description.ts';
import { checkFiles, fileChecks } from './files.ts';
import { checkManifest, manifestChecks } from './manifest.ts';
import { checkTables, tableChecks } from './tables.ts';

/** Files and manifest first: the later groups read what these found to exist. */
export const structureFamily: FamilyChecks = {
  family: 'STR',
  checks: [...manifestChecks, ...fileChecks, ...codeChecks, ...tableChecks, ...descriptionChecks],
  async *run(context) {
    yield* guarded(manifestChecks, context, () => checkManifest(context));
    yield* guarded(fileChecks, context, () => checkFiles(context));
    yield* guarded(codeChecks, context, () => checkCode(context));
    yield* guarded(tableChecks, context, () => checkTables(context));
    yield* guarded(descriptionChecks, context, () => checkDescription(context));
  },
};
