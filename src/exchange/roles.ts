// What the parameters of a grading function stand for, by their names.
import type { GraderRole } from '../task/foreign.ts';
import type { PythonFunction } from './python-text.ts';

const SUBMISSION =
  /^(?:sub|submission|submitted|pred|preds|prediction|predictions|predicted|y_pred|yhat|y_hat|output)/i;
const ANSWERS =
  /^(?:answer|answers|solution|truth|ground_?truth|gt|gold|label|labels|target|targets|actual|y_true|y_test|reference)/i;
const KEY = /^(?:row_id_column_name|id_col|id_column|key|id_name)/i;

/** The role of each parameter that must be given, in order; null unless there is one submission and one table of answers. */
export function rolesOf(declared: PythonFunction | undefined): GraderRole[] | null {
  if (declared === undefined) return null;
  const roles: GraderRole[] = [];
  for (const { name, annotation, optional } of declared.parameters) {
    const role = SUBMISSION.test(name) ? 'submission' : ANSWERS.test(name) ? 'answers' : KEY.test(name) ? 'key' : null;
    if (role === null && optional) break;
    if (role === null) return null;
    const isPath = role !== 'key' && (/_?(path|file|csv)$/i.test(name) || /\b(str|Path|PathLike)\b/.test(annotation));
    roles.push(isPath ? `${role} path` : role);
  }
  const count = (what: string): number => roles.filter((role) => role.startsWith(what)).length;
  return count('submission') === 1 && count('answers') === 1 ? roles : null;
}
