// verify on tasks that others made: the clean ones stay silent, each planted fault is found at its line.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { hashTree } from '../../src/task/hashing.ts';
import { mleForge } from '../support/command-line.ts';
import { benchTask, dojoData, dojoTask, plainTask } from '../support/foreign-tasks.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

type Files = Readonly<Record<string, string>>;
interface Report {
  readonly verdict: string;
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly file: string;
    readonly range: { readonly start: { readonly line: number } };
  }[];
  readonly checks: readonly { readonly code: string; readonly status: string; readonly reason?: string }[];
}

/** The task with a piece of a file replaced; the piece must be there. */
function replaced(files: Files, file: string, piece: string, other: string): Files {
  const text = files[file] ?? '';
  assert.ok(text.includes(piece), piece);
  return { ...files, [file]: text.replace(piece, other) };
}

const align = '    merged = answers.merge(submission, on="lake_id", suffixes=("_true", "_pred"))\n';
const measure = '    return float((merged["depth_true"] - merged["depth_pred"]).abs().mean())\n';
const finite = 'not np.isfinite(pd.to_numeric(submission["depth"], errors="coerce")).all()';
const sameIds = 'submission["lake_id"].duplicated().any() or set(submission["lake_id"]) != set(answers["lake_id"])';

/** What is wrong, the task, and all findings as severity, code and one-based line. */
const planted: Readonly<Record<string, readonly [Files, ...string[]]>> = {
  'mle-bench: nothing': [benchTask],
  'MLE-Dojo: nothing': [dojoTask],
  'plain folder: nothing': [plainTask],
  'MLE-Dojo with its data: nothing': [{ ...dojoTask, ...dojoData(false) }],
  'a column of the data tells the target': [{ ...dojoTask, ...dojoData(true) }, 'error LEK006 1'],
  'rows are compared by their position': [
    replaced(
      replaced(benchTask, 'grade.py', align, ''),
      'grade.py',
      measure,
      '    return float((answers["depth"] - submission["depth"]).abs().mean())\n',
    ),
    'error MET003 7',
  ],
  'NaN is left out of the mean': [replaced(benchTask, 'grade.py', finite, 'False'), 'error MET006 7'],
  'a right row may stand in the place of a wrong one': [
    replaced(benchTask, 'grade.py', sameIds, 'len(submission) != len(answers)'),
    'error MET004 7',
  ],
  'ids may be there twice in a plain folder': [
    replaced(plainTask, 'scoring.py', 'submission["id"].duplicated().any() or ', ''),
    'error MET004 8',
  ],
  'the leaderboard has the other order': [
    { ...benchTask, 'leaderboard.csv': 'teamName,score\nfirst,9.25\nlast,0.5\n' },
    'error MET010 7',
  ],
  'both boards contradict the grader': [
    replaced(dojoTask, 'utils/metric.py', 'higher_is_better: bool = True', 'higher_is_better: bool = False'),
    'error MET010 10',
    'error STR020 1',
  ],
  'a score is None': [
    replaced(
      benchTask,
      'grade.py',
      '    merged =',
      '    if (submission["depth"] == 1).all():\n        return None\n    merged =',
    ),
    'error MET014 7',
  ],
  'the answers are changed': [
    replaced(
      dojoTask,
      'utils/metric.py',
      '        merged =',
      '        y_true["grown"] = y_true["grown"].astype(float)\n        merged =',
    ),
    'warning MET013 10',
  ],
  'an exception is never imported': [
    replaced(benchTask, 'grade.py', 'from mlebench.grade_helpers import InvalidSubmissionError\n', ''),
    'warning MET008 8',
    'warning MET008 10',
    'warning MET008 12',
    'error STR008 8',
  ],
  'a split has no seed': [replaced(benchTask, 'prepare.py', ', random_state=0', ''), 'error STR010 9'],
  'a path is absolute': [
    replaced(benchTask, 'prepare.py', 'raw / "lakes.csv"', '"/kaggle/input/lakes.csv"'),
    'error STR009 8',
  ],
  'a prepare function has other arguments': [
    replaced(benchTask, 'prepare.py', 'private: Path', 'hidden: Path, private: Path'),
    'error STR005 7',
  ],
  'the raw folder is removed': [
    replaced(dojoTask, 'utils/prepare.py', '"train.csv")\n', '"train.csv")\n    shutil.rmtree(raw)\n'),
    'error PRE005 7',
  ],
  'a part of the raw folder is moved away': [
    replaced(dojoTask, 'utils/prepare.py', 'shutil.copy(raw', 'shutil.move(raw'),
    'warning PRE005 6',
  ],
  'every exception is swallowed': [
    replaced(
      dojoTask,
      'utils/prepare.py',
      '    shutil.copy',
      '    try:\n        import PIL\n    except:\n        PIL = None\n    shutil.copy',
    ),
    'warning STR022 8',
  ],
  'the grader does not parse': [
    { ...benchTask, 'grade.py': 'def grade(submission, answers)\n    return 1' },
    'error STR004 1',
  ],
  'the grader ends the program': [
    { ...benchTask, 'grade.py': 'import sys\nsys.exit(0)\ndef grade(submission, answers):\n    return 1.0\n' },
    'error MET018 2',
  ],
  'the grader needs what is not there': [
    { ...benchTask, 'grade.py': `import no_such_module\n${benchTask['grade.py']}` },
  ],
  'no made-up answers satisfy the grader': [
    { ...benchTask, 'grade.py': 'def grade(submission, answers):\n    raise RuntimeError("never")\n' },
  ],
};

let root = '';
let reports: Map<string, Report>;
let untouched = false;

before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'mle-forge-foreign-'));
  const names = Object.keys(planted);
  for (const [number, [files]] of Object.values(planted).entries()) {
    await writeFiles(path.join(root, String(number)), files);
  }
  const hash = await hashTree(root);
  const outcome = await mleForge(['verify', '--json', ...names.map((_, number) => path.join(root, String(number)))]);
  assert.equal(outcome.status, 1, outcome.stderr);
  const lines = outcome.stdout.trim().split('\n');
  reports = new Map(names.map((name, number) => [name, JSON.parse(lines[number] ?? 'null')]));
  untouched = (await hashTree(root)) === hash;
});
after(() => rm(root, { recursive: true, force: true }));

function report(name: string): Report {
  const found = reports.get(name);
  assert.ok(found, name);
  return found;
}

const reasonOf = (name: string, code: string): string =>
  report(name).checks.find((check) => check.code === code)?.reason ?? '';

describe('a foreign task in which', () => {
  for (const [name, [, ...wanted]] of Object.entries(planted)) {
    it(`${name}: ${wanted.join(', ') || 'no finding'}`, () => {
      const { findings, verdict } = report(name);
      const told = findings.map(({ code, severity, range }) => `${severity} ${code} ${range.start.line + 1}`);
      assert.deepEqual(told, wanted);
      assert.equal(verdict, wanted.some((finding) => finding.startsWith('error')) ? 'rejected' : 'accepted');
    });
  }
});

describe('what cannot be checked', () => {
  it('is skipped with a reason', () => {
    for (const { checks } of reports.values()) {
      for (const { status, reason } of checks) assert.ok(status !== 'skipped' || (reason ?? '').length > 10);
    }
  });

  it('names the module that is missing, the made-up answers, or the error of the grader', () => {
    assert.match(reasonOf('the grader needs what is not there', 'MET003'), /No module named 'no_such_module'/);
    assert.match(reasonOf('no made-up answers satisfy the grader', 'MET006'), /made-up ones get no score.*never/);
    assert.match(reasonOf('the grader does not parse', 'MET003'), /cannot be loaded/);
  });

  it('does not hide what was: the clean tasks pass the checks on alignment and ids', () => {
    for (const name of ['mle-bench: nothing', 'MLE-Dojo: nothing', 'plain folder: nothing']) {
      const passed = report(name).checks.filter(({ status }) => status === 'passed');
      for (const code of ['MET003', 'MET004', 'MET005', 'MET012'])
        assert.ok(passed.some((check) => check.code === code));
    }
  });
});

describe('data that are there', () => {
  it('are measured for leaks, and the finding is in the file of the task', () => {
    const { findings } = report('a column of the data tells the target');
    assert.deepEqual(
      findings.map(({ file }) => file),
      ['data/public/train.csv'],
    );
    assert.match(reasonOf('MLE-Dojo: nothing', 'LEK001'), /needs train\.csv/);
  });
});

describe('a foreign folder', () => {
  it('is left as it was', () => assert.ok(untouched));

  it('gives none of its answers away in a report', () => {
    assert.ok(!JSON.stringify(report('ids may be there twice in a plain folder').findings).includes('green'));
  });

  it('that is no task ends with status 2 and with what was looked for', async (t) => {
    const folder = await writeFiles(await tempFolder(t), { 'notes.txt': 'hello', 'config.yaml': '- not: this\n' });
    const outcome = await mleForge(['verify', folder]);
    assert.equal(outcome.status, 2);
    assert.match(outcome.stderr, /no task that can be recognised.*\nLooked for: .*CompetitionMetrics/);
  });
});
