"""Small packages with a grader, for the tests of the metric contract."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from forge_runtime.probes.metric_contract import run

CLASSES = ["ash", "birch", "cedar"]

ACCURACY = '''"""Accuracy."""
import numpy as np
import pandas as pd

CLASSES = ["ash", "birch", "cedar"]


class InvalidSubmissionError(Exception):
    """Cannot be scored."""


def validate_submission(submission, answers):
    if sorted(map(str, submission.columns)) != ["id", "tree"]:
        raise InvalidSubmissionError("The columns must be id and tree.")
    given = submission["id"].astype(str).tolist()
    if sorted(given) != sorted(answers["id"].astype(str)):
        raise InvalidSubmissionError("Every id of test.csv must appear exactly once.")
    if not submission["tree"].isin(CLASSES).all():
        raise InvalidSubmissionError("The column tree must hold ash, birch or cedar.")


def evaluate(submission, answers):
    validate_submission(submission, answers)
    given = dict(zip(submission["id"].astype(str), submission["tree"]))
    right = [given[key] == tree for key, tree in zip(answers["id"].astype(str), answers["tree"])]
    return float(np.mean(right))
'''

RMSE = '''"""Root mean squared error."""
import numpy as np
import pandas as pd


class InvalidSubmissionError(Exception):
    """Cannot be scored."""


def validate_submission(submission, answers):
    if sorted(map(str, submission.columns)) != ["height", "id"]:
        raise InvalidSubmissionError("The columns must be id and height.")
    if sorted(submission["id"].astype(str)) != sorted(answers["id"].astype(str)):
        raise InvalidSubmissionError("Every id of test.csv must appear exactly once.")
    values = pd.to_numeric(submission["height"], errors="coerce")
    if not np.isfinite(values).all():
        raise InvalidSubmissionError("The column height must hold finite numbers.")


def evaluate(submission, answers):
    validate_submission(submission, answers)
    given = pd.Series(pd.to_numeric(submission["height"]).to_numpy(), index=submission["id"].astype(str).to_numpy())
    predicted = given.loc[answers["id"].astype(str)].to_numpy()
    return float(np.sqrt(np.mean((predicted - answers["height"].to_numpy()) ** 2)))
'''


def trees(folder: Path, metric: str, rows: int = 90) -> Path:
    """A task of three classes."""
    generator = np.random.default_rng(1)
    answers = pd.DataFrame({"id": generator.permutation(10 * rows)[:rows], "tree": generator.choice(CLASSES, rows)})
    column = {"name": "tree", "dtype": "label", "of": {"column": "tree", "class": None}, "allowed": CLASSES}
    return package(folder, metric, answers, ("accuracy", "maximize"), column)


def heights(folder: Path, metric: str, rows: int = 90, **limits: float) -> Path:
    """A task of one number."""
    generator = np.random.default_rng(1)
    values = generator.normal(20, 5, rows).round(2)
    answers = pd.DataFrame({"id": generator.permutation(10 * rows)[:rows], "height": values})
    column = {"name": "height", "dtype": "number", "of": {"column": "height", "class": None}, **limits}
    return package(folder, metric, answers, ("rmse", "minimize"), column)


def package(folder: Path, metric: str, answers: pd.DataFrame, scored: tuple[str, str], column: dict[str, Any]) -> Path:
    name, direction = scored
    target = column["of"]["column"]
    manifest = {
        "objective": "regression" if column["dtype"] == "number" else "multiclass-classification",
        "target": {"columns": [target]},
        "metric": {"name": name, "direction": direction},
        "submission": {"id_column": "id", "columns": [column]},
    }
    private = folder / "data" / "private"
    private.mkdir(parents=True)
    (folder / "data" / "public").mkdir()
    (folder / "task.json").write_text(json.dumps(manifest))
    (folder / "metric.py").write_text(metric)
    answers.to_csv(private / "test_answer.csv", index=False)
    return folder


def tried(folder: Path, **args: Any) -> dict[str, Any]:
    return run(args, {"package": folder})


def ends(result: dict[str, Any], group: str) -> dict[str, str]:
    """How the calls of a group ended, by the name of the submission."""
    return {call["name"]: call["outcome"] for call in result["calls"] if call["group"] == group}
