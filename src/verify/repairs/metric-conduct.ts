// Repairs of what metric.py does besides refusing: copies of its inputs, the type of its score, its error class.
import { layout } from '../../task/layout.ts';
import { rangeOf } from '../package/text-places.ts';
import { functionText, insertLines } from './python-text.ts';
import { type RepairRule, repairOf, type TextEdit } from './repair.ts';

/** Types that `float(...)` turns into the number that they stand for. */
const NUMBERS = new Set(['int', 'bool', 'bool_', 'Decimal', 'Fraction']);
const NUMPY_NUMBER = /^(?:float|int|uint)\d+$/;

/** MET013 */
export const copyInputs: RepairRule = (finding, { text: textOf }) => {
  const text = textOf(layout.metric);
  const by = finding.evidence['by'];
  if (text === null || (by !== 'evaluate' && by !== 'validate_submission')) return null;
  const place = functionText(text, by);
  const names = place?.parameters.slice(0, 2) ?? [];
  if (place === null || names.length < 2) return null;
  const line = `${names.join(', ')} = ${names.map((name) => `${name}.copy()`).join(', ')}`;
  return repairOf(`Let ${by} work on copies`, true, layout.metric, [insertLines(text, place, place.body, [line])]);
};

/** MET014 */
export const castScore: RepairRule = (finding, { text: textOf }) => {
  const text = textOf(layout.metric);
  const type = String(finding.evidence['type']);
  const place = text === null ? null : functionText(text, 'evaluate');
  if (text === null || place === null || !(NUMBERS.has(type) || NUMPY_NUMBER.test(type))) return null;
  const edits: TextEdit[] = [];
  for (const found of text.slice(place.body, place.end).matchAll(/^([ \t]+return )([^\n#]*[^\s#])[ \t]*(?:#.*)?$/gm)) {
    const [, head = '', value = ''] = found;
    if (/^float\(.*\)$/.test(value)) continue;
    if (!balanced(value)) return null;
    edits.push({
      range: rangeOf(text, place.body + found.index + head.length, value.length),
      newText: `float(${value})`,
    });
  }
  return repairOf('Return the score as a Python float', true, layout.metric, edits);
};

/** STR006 */
export const defineError: RepairRule = (_finding, { text: textOf }) => {
  const text = textOf(layout.metric);
  if (text === null || /^class InvalidSubmissionError\b/m.test(text)) return null;
  const first = /^(?=def |class )/m.exec(text);
  if (first === null) return null;
  const newText = 'class InvalidSubmissionError(Exception):\n    """The submission cannot be scored."""\n\n\n';
  return repairOf('Define InvalidSubmissionError', true, layout.metric, [
    { range: rangeOf(text, first.index, 0), newText },
  ]);
};

function balanced(value: string): boolean {
  const count = (bracket: RegExp): number => value.match(bracket)?.length ?? 0;
  return count(/[([{]/g) === count(/[)\]}]/g);
}
