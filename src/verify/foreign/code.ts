// Family STR and the raw folder on a foreign task: what its Python files say, judged by the contract of their suite.

import type { Finding, Severity } from '../../task/findings.ts';
import type { ForeignTask } from '../../task/foreign.ts';
import { type Check, findingOf } from '../check.ts';
import type { PackageFiles } from '../package/files.ts';
import { preparationCatalogue } from '../preparation/catalogue.ts';
import { structureCatalogue as checks } from '../structure/catalogue.ts';
import { swallowing } from '../structure/code.ts';
import { type LinePlace, pythonRange } from '../structure/probe.ts';
import type { ForeignFile } from './probe.ts';

/** Kinds of reach that no grader may have; elsewhere, and for the other kinds (suites scale by processes), a warning. */
const FORBIDDEN_IN_GRADER = new Set(['network', 'files']);
const SUBMISSION = /^(sub|pred|y_pred|y_hat)/i;
const ANSWERS = /^(answer|solution|truth|ground|y_true|gt|gold|actual)/i;

/** The checks that are judged here, in order. */
export const foreignCodeChecks: readonly Check[] = [
  checks.syntax,
  checks.signatures,
  checks.names,
  checks.absolutePaths,
  checks.seeds,
  checks.reach,
  checks.swallowed,
  preparationCatalogue.rawUntouched,
];

interface Told {
  readonly check: Check;
  readonly place: LinePlace;
  readonly message: string;
  readonly evidence: Finding['evidence'];
  readonly severity?: Severity;
}

/** Findings on every file, at their lines. */
export async function judgeForeignCode(
  task: ForeignTask,
  trees: Readonly<Record<string, ForeignFile>>,
  files: PackageFiles,
): Promise<Finding[]> {
  const found: Promise<Finding>[] = [];
  for (const [file, tree] of Object.entries(trees)) {
    const told =
      tree.syntax === null ? [...signatures(task, file, tree), ...inside(task, file, tree)] : broken(file, tree);
    for (const { check, place, message, evidence, severity } of told) {
      const details = { message, file, evidence, ...(severity === undefined ? {} : { severity }) };
      found.push(pythonRange(files, file, place).then((range) => findingOf(check, { ...details, range })));
    }
  }
  return Promise.all(found);
}

function broken(file: string, { syntax }: ForeignFile): Told[] {
  if (syntax === null) return [];
  const message = `${file} does not parse: ${syntax.message}.`;
  return [{ check: checks.syntax, place: { ...syntax, end: null }, message, evidence: { line: syntax.line } }];
}

function inside(task: ForeignTask, file: string, tree: ForeignFile): Told[] {
  const grades = file !== task.prepare;
  return [
    ...tree.unbound.map((place): Told => {
      const message = `The name \`${place.name}\` is used but never defined or imported.`;
      return { check: checks.names, place, message, evidence: { name: place.name } };
    }),
    ...tree.absolute.map((place): Told => {
      const message = `The absolute path ${JSON.stringify(place.text)} exists on one machine only.`;
      return { check: checks.absolutePaths, place, message, evidence: { text: place.text } };
    }),
    ...tree.unseeded.map((place): Told => {
      const message = `\`${place.call}\` ${place.reason}.`;
      const severity = place.certain ? 'error' : 'warning';
      return { check: checks.seeds, place, message, evidence: { call: place.call }, severity };
    }),
    ...tree.reaches
      .filter(({ kind }) => kind !== 'files' || file === task.grader)
      .filter(({ kind }) => !(kind === 'files' && task.interface.roles.some((role) => role.endsWith(' path'))))
      .map((place): Told => {
        const { kind, what } = place;
        const message = kind === 'files' ? `\`${what}\` touches files.` : `\`${what}\` reaches for the ${kind}.`;
        const severity = grades && FORBIDDEN_IN_GRADER.has(kind) ? 'error' : 'warning';
        return { check: checks.reach, place, message, evidence: { kind, what }, severity };
      }),
    ...tree.swallowed.map((place): Told => {
      const message = swallowing(place.bare, place.does);
      return { check: checks.swallowed, place, message, evidence: { does: place.does, bare: place.bare } };
    }),
    ...tree.removed.map((place): Told => {
      const what = place.whole ? 'removes the raw dataset' : 'removes a part of the raw dataset';
      const message = `\`${place.call}\` ${what}; nothing can be prepared a second time.`;
      const severity = place.whole ? 'error' : 'warning';
      return { check: preparationCatalogue.rawUntouched, place, message, evidence: { call: place.call }, severity };
    }),
  ];
}

function signatures(task: ForeignTask, file: string, tree: ForeignFile): Told[] {
  if (file === task.prepare) return preparing(file, tree);
  if (file !== task.grader) return [];
  const { kind, name } = task.interface;
  if (kind === 'function') {
    const declared = tree.functions.filter((each) => each.name === name).at(-1);
    if (declared === undefined) return [told(1, `${file} does not define \`${name}\`.`, { name })];
    // Where roles are told by their names, they cannot be in a wrong order.
    return task.format === 'plain' ? [] : swapped(name, declared, ['submission', 'answers']);
  }
  const own = tree.methods.filter(({ owner }) => owner === name);
  const method = (wanted: string) => own.find((each) => each.name === wanted);
  const evaluate = method('evaluate');
  const validate = method('validate_submission');
  const direct = tree.classes.find((each) => each.name === name);
  const missing = evaluate === undefined && direct?.bases.every((base) => base.endsWith('CompetitionMetrics'));
  return [
    ...(missing
      ? [told(direct?.line ?? 1, `\`${name}\` does not define \`evaluate(y_true, y_pred)\`.`, { name })]
      : []),
    ...(evaluate === undefined ? [] : swapped('evaluate', evaluate, ['answers', 'submission'])),
    ...(validate === undefined ? [] : swapped('validate_submission', validate, ['submission', 'answers'])),
  ];
}

/** Two tables that a function names in the other order than it is given them. */
function swapped(
  name: string,
  { parameters, line }: { parameters: readonly string[]; line: number },
  given: readonly ['submission' | 'answers', 'submission' | 'answers'],
): Told[] {
  const names = { submission: SUBMISSION, answers: ANSWERS };
  const [first = '', second = ''] = parameters;
  if (!names[given[1]].test(first) || !names[given[0]].test(second)) return [];
  const message = `\`${name}(${parameters.join(', ')})\` is given the ${given.join(' and then the ')}: the tables are swapped.`;
  return [told(line, message, { found: [...parameters], given: [...given] })];
}

function preparing(file: string, tree: ForeignFile): Told[] {
  const prepare = tree.functions.find(({ name }) => name === 'prepare');
  const promise = '`prepare(raw, public, private)`';
  if (prepare === undefined) {
    return [{ ...told(1, `${file} does not define ${promise}.`, { name: 'prepare' }), severity: 'warning' }];
  }
  if (prepare.parameters.slice(0, 3).join() === 'raw,public,private') return [];
  const message = `\`prepare\` takes (${prepare.parameters.join(', ')}); it is called as ${promise}.`;
  return [told(prepare.line, message, { found: prepare.parameters })];
}

function told(line: number, message: string, evidence: Finding['evidence']): Told {
  return { check: checks.signatures, place: { line, column: 0, end: null }, message, evidence };
}
