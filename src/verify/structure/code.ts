// STR004 to STR011: the Python files as their syntax trees tell.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import { type Check, type CheckContext, type CheckOutcome, concluded, findingOf } from '../check.ts';
import { structureCatalogue as checks } from './catalogue.ts';
import { type PythonFile, probePython, pythonRange } from './probe.ts';

/** Functions that the tool calls, by file; baselines are matched by their folder. */
const CONTRACT: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  [layout.prepare]: { prepare: ['raw', 'public', 'private'] },
  [layout.metric]: { evaluate: ['submission', 'answers'], validate_submission: ['submission', 'answers'] },
};
const SOLVER = { solve: ['public', 'submission'] };

/** Import names of the packages that a manifest may require; everywhere else both names agree. */
const IMPORT_NAMES: Readonly<Record<string, string>> = { 'scikit-learn': 'sklearn', pillow: 'PIL', Pillow: 'PIL' };
/** What a task may ask for at all (docs/task-package.md). */
const ALLOWED = new Set([
  'numpy',
  'pandas',
  'scipy',
  'scikit-learn',
  'sklearn',
  'pillow',
  'Pillow',
  'PIL',
  'soundfile',
  'openpyxl',
  'pyarrow',
]);

/** The checks in this file, in order. */
export const codeChecks: readonly Check[] = [
  checks.syntax,
  checks.signatures,
  checks.invalidSubmission,
  checks.imports,
  checks.names,
  checks.absolutePaths,
  checks.seeds,
  checks.reach,
  checks.swallowed,
];

/** Judges every Python file of the package. */
export async function checkCode(context: CheckContext): Promise<CheckOutcome[]> {
  const names = (await context.files.list()).filter((file) => file.endsWith('.py') && !file.startsWith('runs/'));
  const trees = Object.entries(await probePython(context, names));
  const each = async (check: Check, judge: (file: string, tree: PythonFile) => Promise<Finding[]>) =>
    concluded(check, (await Promise.all(trees.map(([file, tree]) => judge(file, tree)))).flat());
  return [
    await each(checks.syntax, (file, tree) => syntax(context, file, tree)),
    await each(checks.signatures, (file, tree) => signatures(context, file, tree)),
    await each(checks.invalidSubmission, (file, tree) => invalidSubmission(context, file, tree)),
    await each(checks.imports, (file, tree) => imports(context, file, tree)),
    await each(checks.names, (file, tree) =>
      places(context, checks.names, file, tree.unbound, ({ name }) => ({
        message: `The name \`${name}\` is used but never defined or imported.`,
        evidence: { name },
      })),
    ),
    await each(checks.absolutePaths, (file, tree) =>
      places(context, checks.absolutePaths, file, tree.absolute, ({ text }) => ({
        message: `The absolute path ${JSON.stringify(text)} exists on one machine only.`,
        evidence: { text },
      })),
    ),
    await each(checks.seeds, (file, tree) =>
      places(context, checks.seeds, file, tree.unseeded, ({ call, reason, certain }) => ({
        message: `\`${call}\` ${reason}.`,
        evidence: { call },
        severity: certain ? 'error' : 'warning',
      })),
    ),
    await each(checks.reach, (file, tree) => reach(context, file, tree)),
    await each(checks.swallowed, (file, tree) =>
      places(context, checks.swallowed, file, tree.swallowed, ({ bare, does }) => ({
        message: swallowing(bare, does),
        evidence: { does, bare },
      })),
    ),
  ];
}

/** One finding per place that the probe found. */
async function places<Place extends { line: number; column: number; end: number | null }>(
  context: CheckContext,
  check: Check,
  file: string,
  found: readonly Place[],
  tell: (place: Place) => { message: string; evidence: Finding['evidence']; severity?: Finding['severity'] },
): Promise<Finding[]> {
  return Promise.all(
    found.map(async (place) =>
      findingOf(check, { ...tell(place), file, range: await pythonRange(context.files, file, place) }),
    ),
  );
}

/** What a handler of every exception does, in words. */
export function swallowing(bare: boolean, does: string): string {
  const what = bare ? 'Every exception, also the one that stops a program,' : 'Every exception';
  return `${what} is caught here and forgotten (\`${does}\`).`;
}

async function syntax(context: CheckContext, file: string, { syntax: problem }: PythonFile): Promise<Finding[]> {
  if (problem === null) return [];
  const range = await pythonRange(context.files, file, { ...problem, end: null });
  const message = `${file} does not parse: ${problem.message}.`;
  return [findingOf(checks.syntax, { message, file, range, evidence: { line: problem.line } })];
}

async function signatures(context: CheckContext, file: string, tree: PythonFile): Promise<Finding[]> {
  const wanted = CONTRACT[file] ?? (file.startsWith(`${layout.baselines}/`) ? SOLVER : {});
  if (tree.syntax !== null) return [];
  const found: Finding[] = [];
  for (const [name, parameters] of Object.entries(wanted)) {
    const declared = tree.functions.filter((f) => f.name === name).at(-1);
    const promise = `\`${name}(${parameters.join(', ')})\``;
    if (declared === undefined) {
      found.push(
        findingOf(checks.signatures, { message: `${file} does not define ${promise}.`, file, evidence: { name } }),
      );
      continue;
    }
    const { required } = declared;
    const called = declared.parameters.slice(0, parameters.length);
    const agrees = called.join() === parameters.join() && required.every((p) => parameters.includes(p));
    const problem = !agrees
      ? `takes (${[...new Set([...declared.parameters, ...required])].join(', ')}); it is called as ${promise}`
      : declared.async
        ? 'is asynchronous; it is called as an ordinary function'
        : declared.empty
          ? 'has no body'
          : null;
    if (problem === null) continue;
    const range = await context.files.line(file, declared.line);
    const evidence = { expected: [...parameters], found: declared.parameters };
    found.push(findingOf(checks.signatures, { message: `\`${name}\` ${problem}.`, file, range, evidence }));
  }
  return found;
}

async function invalidSubmission(context: CheckContext, file: string, tree: PythonFile): Promise<Finding[]> {
  if (file !== layout.metric || tree.syntax !== null) return [];
  const check = checks.invalidSubmission;
  const defined = tree.classes.find(({ name }) => name === 'InvalidSubmissionError');
  if (defined === undefined) {
    return [findingOf(check, { message: 'metric.py does not define the class `InvalidSubmissionError`.', file })];
  }
  const range = await context.files.line(file, defined.line);
  if (!defined.bases.some((base) => /(Error|Exception)$/.test(base))) {
    return [findingOf(check, { message: '`InvalidSubmissionError` derives from no exception.', file, range })];
  }
  if (tree.raised.some(({ name }) => name === 'InvalidSubmissionError')) return [];
  return [findingOf(check, { message: '`InvalidSubmissionError` is defined but never raised.', file, range })];
}

async function imports(context: CheckContext, file: string, tree: PythonFile): Promise<Finding[]> {
  const required = context.manifest?.requires ?? [...ALLOWED];
  const importable = new Set(required.filter((p) => ALLOWED.has(p)).map((p) => IMPORT_NAMES[p] ?? p));
  const foreign = tree.imports.filter((i) => !i.standard && !importable.has(i.package));
  return places(context, checks.imports, file, foreign, ({ module, package: top }) => ({
    message:
      top === ''
        ? `\`${module}\` is a relative import; every file of a task stands alone.`
        : `\`${module}\` is neither in the standard library nor a package that task.json may and does require.`,
    evidence: { module, requires: [...required] },
  }));
}

async function reach(context: CheckContext, file: string, tree: PythonFile): Promise<Finding[]> {
  const outside = tree.reaches.filter(({ kind }) => kind !== 'files' || file === layout.metric);
  return places(context, checks.reach, file, outside, ({ kind, what }) => ({
    message:
      kind === 'files'
        ? `\`${what}\` touches files; a metric works on its two tables alone.`
        : `\`${what}\` reaches for the ${kind}.`,
    evidence: { kind, what },
  }));
}
