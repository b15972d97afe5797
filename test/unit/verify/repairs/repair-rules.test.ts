// Repairs as pure functions: text and finding in, edits out. What does not fit is left alone.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Finding, fileStart } from '../../../../src/task/findings.ts';
import type { TaskSpec } from '../../../../src/task/spec.ts';
import { applyEdits } from '../../../../src/verify/repairs/repair.ts';
import { repairFor } from '../../../../src/verify/repairs/repairs.ts';

const finding = (code: string, more: Partial<Finding> = {}): Finding => ({
  code,
  severity: 'error',
  message: 'Wrong.',
  file: 'metric.py',
  range: fileStart,
  evidence: {},
  remedy: 'Change it.',
  ...more,
});

const column = (more: object) => ({ name: 'y', description: '', of: { column: 'y', class: null }, ...more });
const manifest = (columns: readonly object[]): TaskSpec =>
  ({
    seed: 3,
    metric: { name: 'rmse', direction: 'minimize' },
    submission: { id_column: 'id', columns },
  }) as unknown as TaskSpec;

/** The text after the repair of a finding; null when there is none. */
function repaired(
  found: Finding,
  text: string,
  columns: readonly object[] = [column({ dtype: 'number' })],
): string | null {
  const source = {
    manifest: manifest(columns),
    text: (file: string) => (file === found.file ? text : null),
    hash: () => null,
  };
  const repair = repairFor(found, source);
  return repair === null ? null : applyEdits(text, repair.edits);
}

const grader = `import pandas as pd


class InvalidSubmissionError(Exception):
    pass


def validate_submission(submission: pd.DataFrame, answers: pd.DataFrame) -> None:
    """Raises what is wrong."""
    # nothing yet


def evaluate(
    submission: pd.DataFrame,  # (any)
    answers: pd.DataFrame,
) -> float:
    return float(((submission["y"] - answers["y"]) ** 2).mean())
`;

describe('a guard', () => {
  it('asks for finite numbers, within the bounds that the manifest gives', () => {
    const guard = (more: object) => repaired(finding('MET006'), grader, [column(more)]) ?? '';
    assert.match(guard({ dtype: 'number' }), /to_numeric\(.*\)\.abs\(\)\.lt\(float\("inf"\)\)\.all\(\)/);
    assert.match(guard({ dtype: 'probability' }), /\.between\(0, 1\)\.all\(\):\n.*a finite number from 0 to 1/);
    assert.match(guard({ dtype: 'number', minimum: 2 }), /\.lt\(float\("inf"\)\).*\.between\(2, float\("inf"\)\)/);
    assert.match(guard({ dtype: 'label', allowed: ['a"b'] }), /isin\(\["a\\"b"\]\)/);
  });

  it('stands behind the docstring, and evaluate calls it', () => {
    const text = repaired(finding('MET004'), grader) ?? '';
    assert.ok(text.includes('"""Raises what is wrong."""\n    if "id" not in submission.columns'), text);
    assert.match(text, /\) -> float:\n {4}validate_submission\(submission, answers\)\n {4}return/);
  });

  it('is not written into a grader that it cannot read', () => {
    for (const text of [
      'def evaluate(a, b): return 1.0\n',
      grader.replace('import pandas as pd', 'from pandas import *'),
      'class InvalidSubmissionError(',
    ]) {
      assert.equal(repaired(finding('MET006'), text), null, text);
    }
  });
});

describe('a repair', () => {
  it('casts every score to float, and leaves a return that it cannot read alone', () => {
    const told = finding('MET014', { evidence: { type: 'float64' } });
    const two = grader.replace(
      '    return float(',
      '    if submission.empty:\n        return answers["y"].mean()  # odd\n    return (',
    );
    const text = repaired(told, two) ?? '';
    assert.match(text, /return float\(answers\["y"\]\.mean\(\)\) {2}# odd/);
    assert.equal(
      repaired(
        told,
        grader.replace('return float(((', 'return max(\n        ((').replace('.mean())', '.mean()\n    )'),
      ),
      null,
    );
    assert.equal(repaired(finding('MET014', { evidence: { type: 'NoneType' } }), two), null);
  });

  it('writes what a baseline scores over the difficulty that was declared', () => {
    const text = '{\n  "difficulty": {"trivial": 1, "simple": null}\n}';
    const message = 'The manifest declares 1 for trivial; the baseline scores 2.';
    const told = finding('EXE008', { file: 'task.json', message, evidence: { declared: 1, measured: 2.5 } });
    assert.equal(repaired(told, text), '{\n  "difficulty": {"trivial": 2.5, "simple": null}\n}');
  });

  it('does not turn the direction of a manifest that agrees with the registry', () => {
    const message = 'The score improves as predictions are spoilt: from 1 to 2 with "minimize".';
    assert.equal(repaired(finding('MET010', { message }), grader), null);
  });

  it('does not name a task as a folder that cannot be an id', () => {
    assert.equal(
      repaired(finding('STR003', { file: 'task.json', evidence: { folder: 'My Task' } }), '{"id": "a"}'),
      null,
    );
    assert.equal(
      repaired(finding('STR003', { file: 'task.json', evidence: { folder: 'b' } }), '{"id": "a"}'),
      '{"id": "b"}',
    );
  });

  it('is not there for a check without a rule', () => {
    assert.equal(repaired(finding('LEK001'), grader), null);
  });
});
