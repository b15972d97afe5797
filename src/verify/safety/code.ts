// SEC001 to SEC009: constructs of the Python files.
import type { Severity } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { Check } from '../check.ts';
import { safetyCatalogue as checks } from './catalogue.ts';
import type { Safety, Use } from './probe.ts';

/** What is wrong in one place of one file. */
export interface SafetyFault {
  readonly check: Check;
  readonly file: string;
  readonly message: string;
  /** One-based line, and the columns where they are known. */
  readonly place: { readonly line: number; readonly column: number; readonly end: number | null } | null;
  readonly evidence: Readonly<Record<string, string | number | boolean>>;
  readonly severity?: Severity;
}

interface Judged {
  readonly check: Check;
  readonly message: string;
  readonly severity?: Severity;
}

/** Folders that prepare.py fills, so that it may also empty them. */
const OWN = ['public', 'private'];

/** Faults of the code, in the order of the files. */
export function judgeCode({ code }: Safety): SafetyFault[] {
  return Object.entries(code).flatMap(([file, uses]) =>
    uses.flatMap((use) => {
      const judged = judge(file, use);
      if (judged === null) return [];
      const { line, column, end } = use;
      return [{ ...judged, file, place: { line, column, end }, evidence: { kind: use.kind, what: use.what } }];
    }),
  );
}

function judge(file: string, use: Use): Judged | null {
  const what = `\`${use.what}\``;
  switch (use.kind) {
    case 'deletes':
      return deletion(file, use);
    case 'patches':
      return { check: checks.patches, message: `${what} is replaced, for every later job of the process too.` };
    case 'outlives': {
      const pool = use.what.endsWith('Executor');
      const message = `${what} starts something that may outlive the call.`;
      return { check: checks.outlives, message, ...(pool ? { severity: 'warning' as const } : {}) };
    }
    case 'exits':
      return { check: checks.exits, message: `${what} ends the whole program.` };
    case 'hides': {
      const message = `${what} reaches for a name in a way that hides it.`;
      return { check: checks.hides, message, ...(use.about === 'library' ? { severity: 'warning' as const } : {}) };
    }
    case 'unpickles':
      return { check: checks.pickles, message: `${what} loads a format that runs code.` };
    case 'pickles':
      return { check: checks.pickles, message: `${what} writes a format that runs code when it is loaded.` };
    case 'obscures': {
      const decoded = use.about === 'decoded';
      const message = decoded ? `${what} decodes what nobody can read.` : `The code holds ${use.what}.`;
      return { check: checks.obscures, message, ...(decoded ? {} : { severity: 'warning' as const }) };
    }
    case 'characters':
      return { check: checks.characters, message: `The line does not look as what it is: ${use.what}.` };
    case 'escapes':
      return { check: checks.escapes, message: `${what} leads out of the folders that the file is given.` };
  }
}

function deletion(file: string, { what, about }: Use): Judged | null {
  if (file === layout.prepare && OWN.includes(about)) return null;
  const unclear = about === '' || !['raw', ...OWN, 'submission'].includes(about);
  const whose = unclear ? 'something' : `what it was given as ${about}`;
  const message = `\`${what}\` deletes or moves ${whose}.`;
  // A path of the file's own making is most often its own; whose it is has to be read.
  return { check: checks.deletes, message, ...(unclear && file !== layout.metric ? { severity: 'warning' } : {}) };
}
