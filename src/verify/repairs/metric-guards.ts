// Guards for metric.py: refusals that validate_submission lacks, and the call of it that evaluate lacks.
import { layout } from '../../task/layout.ts';
import type { SubmissionColumn, TaskSpec } from '../../task/spec.ts';
import { type FunctionText, functionText, insertLines, literal } from './python-text.ts';
import { type RepairRule, type RepairSource, repairOf, type TextEdit } from './repair.ts';

/** Ids in one spelling, so that 7, "7" and 7.0 are the same id. */
const spelt = (table: string, id: string): string =>
  `(str(key).strip().removesuffix(".0") for key in ${table}[${literal(id)}])`;

type Guard = (manifest: TaskSpec, submission: string, answers: string, pandas: string) => string[];

const refuse = (message: string): string => `    raise InvalidSubmissionError(${message})`;

const columns: Guard = ({ submission: { id_column: id, columns: predictions } }, submission) => {
  const names = [id, ...predictions.map(({ name }) => name)];
  return [
    `if sorted(map(str, ${submission}.columns)) != sorted(${literal(names)}) or ${submission}.empty:`,
    refuse(literal(`The submission must hold rows, and exactly the columns ${names.join(', ')}.`)),
  ];
};

const ids: Guard = ({ submission: { id_column: id } }, submission, answers) => [
  `if ${literal(id)} not in ${submission}.columns or sorted(`,
  `    ${spelt(submission, id).slice(1, -1)}`,
  `) != sorted${spelt(answers, id)}:`,
  refuse(literal(`Every id of test.csv must appear exactly once in the column ${id}.`)),
];

const values: Guard = (manifest, submission, _answers, pandas) =>
  manifest.submission.columns.flatMap((column) => {
    const series = `${submission}[${literal(column.name)}]`;
    const { condition, rule } = allowed(column, series, pandas);
    return [
      `if ${literal(column.name)} not in ${submission}.columns or not ${condition}:`,
      refuse(literal(`Column ${column.name} must hold ${rule} in every row.`)),
    ];
  });

/** The condition that every value of a column fulfils, and its words. */
function allowed(column: SubmissionColumn, series: string, pandas: string): { condition: string; rule: string } {
  if (['number', 'integer', 'probability'].includes(column.dtype)) {
    const numbers = `${pandas}.to_numeric(${series}, errors="coerce")`;
    const { minimum, maximum } = rangeOfColumn(column);
    const range = [minimum === null ? '' : ` from ${minimum}`, maximum === null ? '' : ` to ${maximum}`].join('');
    const bounded = `.between(${minimum ?? 'float("-inf")'}, ${maximum ?? 'float("inf")'}).all()`;
    const finite = `${numbers}.abs().lt(float("inf")).all()`;
    const condition = minimum === null || maximum === null ? finite : `${numbers}${bounded}`;
    const half = (minimum === null) !== (maximum === null) ? `(${finite} and ${numbers}${bounded})` : condition;
    return { condition: half, rule: `a finite number${range}` };
  }
  const text = `${series}.astype(str).str.strip().str.removesuffix(".0")`;
  return column.dtype === 'label' && column.allowed !== undefined
    ? {
        condition: `${text}.isin(${literal(column.allowed)}).all()`,
        rule: `one of ${column.allowed.slice(0, 10).join(', ')}`,
      }
    : { condition: `(${series}.notna() & (${text} != "")).all()`, rule: 'a value' };
}

function rangeOfColumn({ dtype, minimum, maximum }: SubmissionColumn): {
  minimum: number | null;
  maximum: number | null;
} {
  const probability = dtype === 'probability';
  return { minimum: minimum ?? (probability ? 0 : null), maximum: maximum ?? (probability ? 1 : null) };
}

/** Adds guards at the start of validate_submission and makes evaluate call it. */
function guardRule(title: string, guards: readonly Guard[]): RepairRule {
  return (finding, source) => {
    const parts = graderOf(source);
    // The refusal is there, and evaluate passes it by.
    if (parts !== null && finding.message.includes('which validate_submission refuses'))
      return repairOf('Let evaluate call validate_submission first', true, layout.metric, callOfValidate(parts, []));
    const pandas = /^import pandas(?: as (\w+))?[ \t]*(?:#.*)?$/m.exec(parts?.text ?? '');
    if (parts === null || pandas === null) return null;
    const { text, manifest, validate } = parts;
    const [submission = '', answers = ''] = validate.parameters;
    const lines = guards.flatMap((guard) => guard(manifest, submission, answers, pandas[1] ?? 'pandas'));
    const edits = [...callOfValidate(parts, []), insertLines(text, validate, validate.body, lines)];
    return repairOf(title, true, layout.metric, edits);
  };
}

interface Grader {
  readonly text: string;
  readonly manifest: TaskSpec;
  readonly evaluate: FunctionText;
  readonly validate: FunctionText;
}

function graderOf({ manifest, text: textOf }: RepairSource): Grader | null {
  const text = textOf(layout.metric);
  if (text === null || manifest === null || !/^class InvalidSubmissionError\b/m.test(text)) return null;
  const evaluate = functionText(text, 'evaluate');
  const validate = functionText(text, 'validate_submission');
  const called = [evaluate, validate].every((f) => f !== null && f.parameters.length >= 2);
  return evaluate === null || validate === null || !called ? null : { text, manifest, evaluate, validate };
}

/** Lines for evaluate, behind its call of validate_submission, which is added where it is missing. */
function callOfValidate({ text, evaluate }: Grader, lines: readonly string[]): TextEdit[] {
  const body = text.slice(evaluate.body, evaluate.end);
  const call = new RegExp(`^${evaluate.indent}validate_submission\\(.*\\)[ \\t]*\\r?\\n`, 'm').exec(body);
  if (call !== null) {
    if (lines.length === 0) return [];
    return [insertLines(text, evaluate, evaluate.body + call.index + call[0].length, lines)];
  }
  const called = `validate_submission(${evaluate.parameters.slice(0, 2).join(', ')})`;
  return [insertLines(text, evaluate, evaluate.body, [called, ...lines])];
}

export const refuseIds = guardRule('Refuse repeated, missing and unknown ids', [ids]);
export const refuseColumns = guardRule('Refuse other columns and empty submissions', [columns]);
export const refuseValues = guardRule('Refuse missing, infinite and foreign values', [values]);
export const refuseAll = guardRule('Refuse faulty columns, ids and values first', [columns, ids, values]);

/** MET003: rows in the order of the answers, columns in one order. */
export const alignById: RepairRule = (_finding, source) => {
  const parts = graderOf(source);
  if (parts === null) return null;
  const { id_column: id, columns: predictions } = parts.manifest.submission;
  const [submission = '', answers = ''] = parts.evaluate.parameters;
  const keys = (table: string): string => `${table}[${literal(id)}].astype(str).str.strip().str.removesuffix(".0")`;
  const names = literal([id, ...predictions.map(({ name }) => name)]);
  const lines = [
    `${submission} = ${submission}.set_index(${keys(submission)})`,
    `${submission} = ${submission}.loc[${keys(answers)}, ${names}].reset_index(drop=True)`,
    `${answers} = ${answers}.reset_index(drop=True)`,
  ];
  return repairOf('Match predictions with answers by id', true, layout.metric, callOfValidate(parts, lines));
};
