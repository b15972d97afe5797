"""metric.py is compared with the definition of its metric, on whole answers and on odd parts of them."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from forge_runtime.package import Manifest
from forge_runtime.probes.metric_reference import Expected, reference_score
from metric_contract_tasks import ACCURACY, RMSE, heights, trees, tried


def changed(source: str, before: str, after: str) -> str:
    assert before in source
    return source.replace(before, after)


def odd(result: dict) -> set[str]:
    """The parts on which a score is not what the definition gives, or none where it gives one."""
    wrong = [
        call["name"]
        for call in result["calls"]
        if call["expected"] is not None
        and (call["score"] != pytest.approx(call["expected"]) if call["outcome"] == "scored" else call["settled"])
    ]
    return set(wrong)


@pytest.mark.parametrize(("task", "metric"), [(trees, ACCURACY), (heights, RMSE)])
def test_a_good_grader_agrees_on_every_part(tmp_path: Path, task, metric: str) -> None:
    result = tried(task(tmp_path, metric))
    assert odd(result) == set()
    assert (result["convention"], result["unscored"]) == (None, None)


def test_a_grader_that_asks_for_two_rows_shows_at_one(tmp_path: Path) -> None:
    two = changed(
        ACCURACY, "    given = dict", "    if len(answers) < 2: raise ValueError('two rows')\n    given = dict"
    )
    assert odd(tried(trees(tmp_path, two))) == {"the test part has one row"}


def test_a_grader_that_counts_the_first_class_only_shows_without_it(tmp_path: Path) -> None:
    lost = changed(ACCURACY, "float(np.mean(right))", "float(np.mean(right)) if 'ash' in set(answers['tree']) else 0.0")
    assert "the first class is missing from the test part" in odd(tried(trees(tmp_path, lost)))


def renamed(folder: Path, **entries: Any) -> Path:
    """The task with another metric or other submission columns in its manifest."""
    manifest = json.loads((folder / "task.json").read_text())
    manifest["metric"]["name"] = entries.get("metric", manifest["metric"]["name"])
    manifest["submission"]["columns"] = entries.get("columns", manifest["submission"]["columns"])
    (folder / "task.json").write_text(json.dumps(manifest))
    return folder


@pytest.mark.parametrize(("size", "parts"), [("np.abs(truth)", set()), ("truth", {"every answer has the other sign"})])
def test_a_grader_that_forgets_the_size_of_a_number_shows_with_the_other_sign(
    tmp_path: Path, size: str, parts: set[str]
) -> None:
    relative = f'truth = answers["height"].to_numpy()\n    return float(np.mean(np.abs(predicted - truth) / {size}))'
    mape = changed(RMSE, 'return float(np.sqrt(np.mean((predicted - answers["height"].to_numpy()) ** 2)))', relative)
    assert odd(tried(renamed(heights(tmp_path, mape), metric="mape"))) == parts


def test_a_refused_submission_of_the_declared_form_is_told(tmp_path: Path) -> None:
    picky = changed(RMSE, "not np.isfinite(values).all()", "not (np.isfinite(values) & (values > 0)).all()")
    told = tried(heights(tmp_path / "a", picky))["unscored"]
    assert (told["outcome"], told["change"]) == ("refused", "every prediction is 0")
    assert tried(heights(tmp_path / "b", picky, minimum=1.0))["unscored"] is None


LOG_LOSS = '''"""Logarithmic loss."""
import numpy as np
import pandas as pd

CLASSES = ["ash", "birch", "cedar"]


class InvalidSubmissionError(Exception):
    """Cannot be scored."""


def evaluate(submission, answers):
    table = submission.assign(id=submission["id"].astype(str)).set_index("id").loc[answers["id"].astype(str)]
    shares = table[CLASSES].to_numpy(float)
    if not np.abs(shares.sum(axis=1) - 1).max() < TOLERANCE:
        raise InvalidSubmissionError("The probabilities of a row must add up to 1.")
    chosen = shares[np.arange(len(answers)), [CLASSES.index(tree) for tree in answers["tree"]]]
    return float(np.mean(np.log(1 / np.maximum(chosen, 1e-15))))
'''


def test_sums_beyond_one_pay_where_they_are_neither_rescaled_nor_refused(tmp_path: Path) -> None:
    columns = [
        {"name": name, "dtype": "probability", "of": {"column": "tree", "class": name}}
        for name in ("ash", "birch", "cedar")
    ]

    def told(tolerance: str) -> dict:
        folder = trees(tmp_path / tolerance, LOG_LOSS.replace("TOLERANCE", tolerance))
        return tried(renamed(folder, metric="log-loss", columns=columns))

    assert told("1e-3")["convention"] is None
    lax = told("1e-2")["convention"]
    assert lax["score"] < lax["expected"]
    assert lax["change"] == "the probabilities of a row add up to 1.004"


@pytest.mark.parametrize(
    ("metric", "dtype", "predicted", "truth", "expected"),
    [
        ("accuracy", "label", ["b"], ["a"], Expected(0.0)),
        ("macro-f1", "label", ["a", "b"], ["a", "a"], Expected(pytest.approx(1 / 3), settled=False)),
        ("balanced-accuracy", "label", ["a", "c"], ["a", "b"], Expected(0.5, settled=False)),
        ("mcc", "label", ["a", "b"], ["a", "a"], Expected(0.0, settled=False)),
        ("quadratic-kappa", "label", ["b", "b"], ["b", "b"], Expected(1.0, settled=False)),
        ("roc-auc", "probability", [0.2, 0.9], ["a", "a"], Expected(0.5, settled=False)),
        ("average-precision", "probability", [1.0, 1.0], ["a", "b"], Expected(0.5)),
        ("average-precision", "probability", [0.2, 0.9], ["b", "b"], Expected(0.0, settled=False)),
        ("r2", "number", [2.0, 2.0], [2.0, 2.0], Expected(1.0, settled=False)),
        ("r2", "number", [2.0, 3.0], [2.0, 2.0], Expected(0.0, settled=False)),
        ("spearman", "number", [2.0, 3.0], [2.0, 2.0], Expected(0.0, settled=False)),
        ("smape", "number", [0.0, 1.0], [0.0, 3.0], Expected(0.5, settled=False)),
        ("mape", "number", [1.0, 1.0], [0.0, 3.0], None),
    ],
)
def test_the_definition_says_where_it_leaves_the_score_open(metric, dtype, predicted, truth, expected) -> None:
    column = {"name": "it", "dtype": dtype, "of": {"column": "it", "class": "a" if dtype == "probability" else None}}
    allowed = {"allowed": ["a", "b", "c"]} if dtype == "label" else {}
    manifest = Manifest(
        {
            "target": {"columns": ["it"]},
            "metric": {"name": metric},
            "submission": {"id_column": "id", "columns": [{**column, **allowed}]},
        }
    )
    assert reference_score(manifest, pd.DataFrame({"it": predicted}), pd.DataFrame({"it": truth})) == expected
