// Which Python runs the jobs: the candidates in order, each asked once for its version and packages.
import { access } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { ForgeError } from '../task/errors.ts';
import { managedPython, pythonInVenv } from './environment.ts';
import { findPythonHalf } from './python-half.ts';

export const oldestPython = [3, 11] as const;
/** Import names of the packages in requirements.in. */
export const requiredModules = [
  'numpy',
  'pandas',
  'sklearn',
  'duckdb',
  'pyarrow',
  'PIL',
  'soundfile',
  'openpyxl',
] as const;
/** Starting an interpreter from a cold disk takes a second or two; a busy machine takes many times as long. */
const probeTimeoutMs = 60_000;

export interface Candidate {
  readonly command: string;
  /** Where it comes from, as people say it: "the setting", "PATH", … */
  readonly origin: string;
}

export interface Interpreter {
  /** Real path of the interpreter, shims resolved. */
  readonly python: string;
  readonly version: string;
  readonly origin: string;
}

export interface Rejected extends Candidate {
  readonly reason: string;
}

export interface InterpreterSearch {
  /** The user's explicit choice: when it does not work, nothing else is tried. */
  readonly explicit?: Candidate;
  /** What the door knows, for instance the choice in the Python extension. */
  readonly offered?: readonly Candidate[];
  /** Folders whose virtual environments count. */
  readonly workspaces?: readonly string[];
  /** Where the managed environment lies; the default place when left out. */
  readonly managedRoot?: string;
}

const probeScript = `
import importlib.util, json, sys
missing = [name for name in sys.argv[1:] if importlib.util.find_spec(name) is None]
print(json.dumps({"executable": sys.executable, "version": list(sys.version_info[:3]), "missing": missing}))
`;
const probeSchema = z.object({
  executable: z.string(),
  version: z.tuple([z.int(), z.int(), z.int()]),
  missing: z.array(z.string()),
});

/**
 * The first usable candidate and why the earlier ones were not.
 * @throws ForgeError of kind `environment` that lists every candidate with its reason.
 */
export async function findInterpreter(
  search: InterpreterSearch,
): Promise<{ chosen: Interpreter; rejected: readonly Rejected[] }> {
  const rejected: Rejected[] = [];
  for (const candidate of await candidatesOf(search)) {
    const probed = await probe(candidate);
    if ('python' in probed) return { chosen: probed, rejected };
    rejected.push({ ...candidate, reason: probed.reason });
  }
  const tried = rejected.map((one) => `${one.command} (${one.origin}): ${one.reason}`).join('; ');
  throw new ForgeError(
    'NO_PYTHON',
    `No usable Python was found. ${tried === '' ? 'None is on PATH.' : `Tried ${tried}.`}`,
    'Run "mle-forge doctor --install" to create the managed environment, or point --python (MLE_FORGE_PYTHON, mleForge.python) to a Python 3.11 or newer with the packages.',
    'environment',
  );
}

async function candidatesOf(search: InterpreterSearch): Promise<Candidate[]> {
  if (search.explicit !== undefined) return [search.explicit];
  const found: Candidate[] = [...(search.offered ?? [])];
  for (const workspace of search.workspaces ?? []) {
    for (const folder of ['.venv', 'venv']) {
      const python = path.join(workspace, folder, pythonInVenv);
      if (await exists(python)) found.push({ command: python, origin: `virtual environment ${folder}` });
    }
  }
  for (const python of checkoutPythons()) {
    if (await exists(python)) found.push({ command: python, origin: 'the environment of this checkout' });
  }
  const managed = await managedPython(search.managedRoot);
  if (managed !== undefined) found.push({ command: managed, origin: 'the managed environment' });
  return [...found, { command: 'python3', origin: 'PATH' }, { command: 'python', origin: 'PATH' }];
}

/** What `npm start` and `npm test` install, seen from dist/ and from the sources; an installed product has no such folder. */
function checkoutPythons(): readonly string[] {
  return [path.join('..', '..'), path.join('..', '..', '..')].map((up) =>
    path.join(findPythonHalf(), up, '.cache', 'venv', pythonInVenv),
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Asks one candidate; a shim answers with the interpreter behind it. */
async function probe(candidate: Candidate): Promise<Interpreter | { readonly reason: string }> {
  const outcome = await execa(candidate.command, ['-s', '-P', '-c', probeScript, ...requiredModules], {
    reject: false,
    timeout: probeTimeoutMs,
    stdin: 'ignore',
  });
  if (outcome.failed) {
    if (outcome.code === 'ENOENT') return { reason: 'not found' };
    const said = (outcome.stderr ?? '').trim().split('\n').at(-1) ?? '';
    return {
      reason: outcome.timedOut
        ? 'it did not answer'
        : /unknown option|-P/i.test(said)
          ? 'older than Python 3.11'
          : said || 'it cannot be started',
    };
  }
  const answer = probeSchema.safeParse(safeJson(outcome.stdout));
  if (!answer.success) return { reason: 'it does not answer like Python' };
  const { executable, version, missing } = answer.data;
  if (version[0] < oldestPython[0] || (version[0] === oldestPython[0] && version[1] < oldestPython[1]))
    return { reason: `Python ${version.join('.')} is older than 3.11` };
  if (missing.length > 0) return { reason: `the packages ${missing.join(', ')} are missing` };
  return { python: executable, version: version.join('.'), origin: candidate.origin };
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not JSON: the schema refuses it.
  }
}
