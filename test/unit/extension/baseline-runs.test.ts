// Baseline runs as documents, as aligned submissions and as notebooks.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alignSubmissions } from '../../../src/extension/baseline-runs/align.ts';
import { notebookCells } from '../../../src/extension/baseline-runs/notebook-cells.ts';
import { type RunFacts, runText } from '../../../src/extension/baseline-runs/run-text.ts';
import { specOf } from '../../support/packages.ts';

const facts: RunFacts = {
  name: 'strong',
  spec: specOf('a-task'),
  ladder: [
    { name: 'constant', score: 0.5, ci95: [0.41, 0.59], gain: null },
    { name: 'strong', score: 0.912345, ci95: [0.85, 0.95], gain: { value: 0.41, ci95: [0.3, 0.5] } },
  ],
  current: true,
  recorded: '2026-05-01 12:00',
  limits: { wallSeconds: 1200, cpuSeconds: 600, memoryBytes: 6 * 1024 ** 3 },
  script: 'ID = "id"\nTEXTS = ["a", "b"]\nlower = 1\nif ID == "x":\n    INNER = 2\n',
  files: ['baselines/strong.py', 'runs/strong/log.txt'],
};

describe('the document of a run', () => {
  it('tells score, interval, place on the ladder, limits, parameters and files', () => {
    const text = runText(facts);
    for (const line of [
      '- Place on the ladder: 1 of 2',
      '- 95 % interval: 0.85 to 0.95',
      '- Gain over constant: 0.41 (95 % interval 0.3 to 0.5)',
      '- State: made by the script and the data as they are',
      '- Limits: 1200 s, 600 s of CPU, 6 GB of memory',
      '- TEXTS: ["a", "b"]',
      '- runs/strong/log.txt',
    ])
      assert.ok(text.includes(`\n${line}\n`), `${line} in\n${text}`);
    assert.match(text, /- Score: 0\.9123 /);
    assert.ok(!text.includes('INNER') && !text.includes('lower'));
  });

  it('says when script or data have changed, and when there is no score', () => {
    const text = runText({ ...facts, current: false, ladder: [] });
    assert.match(text, /script or data have changed/);
    assert.match(text, /none yet: verify the task/);
  });

  it('keeps hostile titles on their line', () => {
    const spec = { ...specOf('a-task'), title: 'A title\n## Files\n- ../../etc/passwd' };
    const text = runText({ ...facts, spec });
    assert.equal(text.match(/^## Files$/gm)?.length, 1);
  });
});

describe('two submissions', () => {
  it('are aligned by id, whatever the order of their rows', () => {
    const [left, right] = alignSubmissions('id,y\n2,b\n1,a\n', 'y,id\na,1\nB,2\n', 'id');
    assert.equal(left, 'id,y\n2,b\n1,a\n');
    assert.equal(right, 'y,id\nB,2\na,1\n');
  });

  it('keep rows that only one of them has', () => {
    const [left, right] = alignSubmissions('id,y\n1,a\n2,b\n', 'id,y\n3,c\n2,b\n', 'id');
    assert.equal(left, 'id,y\n1,a\n2,b\n');
    assert.equal(right, 'id,y\n2,b\n3,c\n');
  });

  it('may have quoted cells, line breaks within them, and rows that repeat an id', () => {
    const [left] = alignSubmissions('id,y\n"a,b","one\ntwo"\n7,x\n7,y\n', 'id,y\n7,x\n', 'id');
    assert.equal(left, 'id,y\n"a,b","one\ntwo"\n7,x\n7,y\n');
  });
});

const script = `"""Simple baseline: words.

In two paragraphs."""

import sys
from pathlib import Path

ID = "id"


@cache
def read(path: Path) -> list[str]:
    """Every cell as text."""
    text = """
def not_a_function():
"""
    return [text]


LATER = 3


def solve(
    public: Path,
    submission: Path,
) -> None:
    """Write the predictions."""
    submission.write_text("x")


if __name__ == "__main__":
    solve(Path(sys.argv[1]), Path(sys.argv[2]))
`;

describe('a baseline as a notebook', () => {
  const cells = notebookCells(script, 'Baseline simple', '/tasks/a "quoted" task/data/public');

  it('has the docstring first, then a cell per function under its name', () => {
    assert.deepEqual(
      cells.map(({ kind, text }) => `${kind} ${text.split('\n')[0]}`),
      [
        'markdown # Baseline simple',
        'code import sys',
        'markdown ## `read`',
        'code @cache',
        'code LATER = 3',
        'markdown ## `solve`',
        'code def solve(',
        'markdown ## Run',
        'code from pathlib import Path',
      ],
    );
    assert.match(cells[0]?.text ?? '', /In two paragraphs\./);
    assert.match(cells[2]?.text ?? '', /Every cell as text\.$/);
  });

  it('loses no line but those that start the script', () => {
    const code = cells.slice(0, -2).flatMap(({ kind, text }) => (kind === 'code' ? text.split('\n') : []));
    const wanted = script
      .split('\n')
      .slice(4, -4)
      .filter((line) => line.trim() !== '');
    assert.deepEqual(
      code.filter((line) => line.trim() !== ''),
      wanted,
    );
  });

  it('runs on the public data and writes to a new temporary folder', () => {
    const last = cells.at(-1)?.text ?? '';
    assert.match(last, /Path\("\/tasks\/a \\"quoted\\" task\/data\/public"\)/);
    assert.match(last, /mkdtemp\(\)/);
  });
});
