// Small tasks in the layouts of others, written for these tests: a clean one of each and pieces with faults.

/** An mle-bench folder: merges on the id and refuses what it cannot score. */
export const benchTask: Readonly<Record<string, string>> = {
  'config.yaml': `id: lake-depth
name: Lake depth
competition_type: simple
description: somewhere/lake-depth/description.md
dataset:
  answers: lake-depth/prepared/private/answers.csv
  sample_submission: lake-depth/prepared/public/sample_submission.csv
grader:
  name: mae
  grade_fn: suite.competitions.lake-depth.grade:grade
preparer: suite.competitions.lake-depth.prepare:prepare
`,
  'description.md': 'Predict the depth.\n\n```\nlake_id,depth\n17,3.5\n18,12.25\n```\n',
  'grade.py': `import numpy as np
import pandas as pd

from mlebench.grade_helpers import InvalidSubmissionError


def grade(submission: pd.DataFrame, answers: pd.DataFrame) -> float:
    if list(submission.columns) != ["lake_id", "depth"]:
        raise InvalidSubmissionError("The columns must be lake_id and depth.")
    if submission["lake_id"].duplicated().any() or set(submission["lake_id"]) != set(answers["lake_id"]):
        raise InvalidSubmissionError("The ids must be those of the test set, each once.")
    if not np.isfinite(pd.to_numeric(submission["depth"], errors="coerce")).all():
        raise InvalidSubmissionError("Every depth must be a finite number.")
    merged = answers.merge(submission, on="lake_id", suffixes=("_true", "_pred"))
    return float((merged["depth_true"] - merged["depth_pred"]).abs().mean())
`,
  'prepare.py': `from pathlib import Path

import pandas as pd
from sklearn.model_selection import train_test_split


def prepare(raw: Path, public: Path, private: Path):
    table = pd.read_csv(raw / "lakes.csv")
    train, test = train_test_split(table, test_size=0.2, random_state=0)
    train.to_csv(public / "train.csv", index=False)
    test.drop(columns="depth").to_csv(public / "test.csv", index=False)
    test[["lake_id", "depth"]].to_csv(private / "answers.csv", index=False)
`,
  'leaderboard.csv': 'teamName,score\nfirst,0.5\nlast,9.25\n',
};

/** An MLE-Dojo folder: sorts copies by id, and removes nothing. */
export const dojoTask: Readonly<Record<string, string>> = {
  'info/description.txt': 'Say whether it germinates.\n\nseed_id,grown\n\n1,0\n\n2,1\n',
  'info/public_leaderboard.csv': 'rank,score\n1,0.95\n2,0.91\n3,0.4\n',
  'utils/metric.py': `import pandas as pd
from mledojo.metrics.base import CompetitionMetrics, InvalidSubmissionError


class SeedMetrics(CompetitionMetrics):
    def __init__(self, value: str = "grown", higher_is_better: bool = True):
        super().__init__(higher_is_better)
        self.value = value

    def evaluate(self, y_true: pd.DataFrame, y_pred: pd.DataFrame) -> float:
        merged = y_true.merge(y_pred, on="seed_id", suffixes=("_true", "_pred"))
        return float((merged["grown_true"] == merged["grown_pred"]).mean())

    def validate_submission(self, submission, ground_truth) -> str:
        if set(submission.columns) != {"seed_id", "grown"}:
            raise InvalidSubmissionError("The columns must be seed_id and grown.")
        if sorted(submission["seed_id"].astype(str)) != sorted(ground_truth["seed_id"].astype(str)):
            raise InvalidSubmissionError("The ids must be those of the test set, each once.")
        if not submission["grown"].isin([0, 1]).all():
            raise InvalidSubmissionError("Every prediction must be 0 or 1.")
        return "Submission is valid."
`,
  'utils/prepare.py': `import shutil
from pathlib import Path


def prepare(raw: Path, public: Path, private: Path):
    shutil.copy(raw / "train.csv", public / "train.csv")
`,
};

/** A plain folder with real answers. */
export const plainTask: Readonly<Record<string, string>> = {
  'scoring.py': `import pandas as pd


class InvalidSubmissionError(Exception):
    pass


def score(solution: pd.DataFrame, submission: pd.DataFrame) -> float:
    if set(submission.columns) != {"id", "colour"} or set(submission["id"]) != set(solution["id"]):
        raise InvalidSubmissionError("The columns must be id and colour, the ids those of the test set.")
    if submission["id"].duplicated().any() or submission["colour"].isna().any():
        raise InvalidSubmissionError("Every id must be there once, with a colour.")
    merged = solution.merge(submission, on="id", suffixes=("_true", "_pred"))
    return float((merged["colour_true"] == merged["colour_pred"]).mean())
`,
  'answers.csv': `id,colour\n${Array.from({ length: 60 }, (_, n) => `${n},${['red', 'blue', 'green'][(n * 7) % 3]}`).join('\n')}\n`,
  'sample_submission.csv': `id,colour\n${Array.from({ length: 60 }, (_, n) => `${n},red`).join('\n')}\n`,
};

/** Data for the MLE-Dojo task: 400 rows of train and 200 of test; `told` adds a feature made from the target. */
export function dojoData(told: boolean): Readonly<Record<string, string>> {
  let state = 7;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647; // Lehmer's generator: the same data every time
    return state / 2_147_483_647;
  };
  const rows = Array.from({ length: 600 }, (_, n) => {
    const grown = next() < 0.5 ? 1 : 0;
    const size = (grown + 2 * next()).toFixed(4);
    const features = [size, next().toFixed(4), ...(told ? [grown === 1 ? 'green' : 'brown'] : [])];
    return { id: 1000 + n, features, grown };
  });
  const names = ['size', 'shade', ...(told ? ['colour'] : [])].join(',');
  const [train, test] = [rows.slice(0, 400), rows.slice(400)];
  const table = (header: string, lines: readonly string[]): string => `${[header, ...lines].join('\n')}\n`;
  return {
    'data/public/train.csv': table(
      `seed_id,${names},grown`,
      train.map(({ id, features, grown }) => `${id},${features.join(',')},${grown}`),
    ),
    'data/public/test.csv': table(
      `seed_id,${names}`,
      test.map(({ id, features }) => `${id},${features.join(',')}`),
    ),
    'data/public/sample_submission.csv': table(
      'seed_id,grown',
      test.map(({ id }) => `${id},0`),
    ),
    'data/private/test_answer.csv': table(
      'seed_id,grown',
      test.map(({ id, grown }) => `${id},${grown}`),
    ),
  };
}
