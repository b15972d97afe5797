"""What cheating solvers submit, and what graders with and without faults make of it."""

import math
import os
import stat
import sys
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from adversary_tasks import Arrange, ends, faced
from forge_runtime.execute.cheat_desk import csv_text
from forge_runtime.execute.cheat_reach import special_files
from forge_runtime.execute.kept_modules import kept_modules
from forge_runtime.probes.metric_trials import dealt_anew
from metric_contract_tasks import ACCURACY, RMSE

GUESSES = ("copy", "shuffle", "draw", "constant", "tile", "position", "nearest id", "order", "plain")


def sorted_answers(train: pd.DataFrame, answers: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return train, answers.sort_values("tree")


def neighbouring_ids(train: pd.DataFrame, answers: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both parts numbered in the order of the answers, as a sorted export that was split afterwards."""
    first, second = train.sort_values("tree"), answers.sort_values("tree")
    return first.assign(id=range(0, 2 * len(first), 2)), second.assign(id=range(1, 2 * len(second), 2))


@pytest.mark.parametrize(("metric", "kind"), [(ACCURACY, "trees"), (RMSE, "heights")])
def test_a_clean_grader_scores_every_guess_and_refuses_every_bent_form(tmp_path: Path, metric: str, kind: str) -> None:
    cheated, graded = faced(tmp_path / "task", metric, kind=kind)
    for group in GUESSES:
        assert {result["kind"] for result in ends(cheated, graded, group)} == {"valid"}, group
    for group in ("duplicate", "odd id", "large"):
        assert {result["kind"] for result in ends(cheated, graded, group)} == {"invalid"}, group
    assert {result["kind"] for result in ends(cheated, graded, "odd value")} <= {"valid", "invalid"}
    assert not any(result["speaks"] for result in graded["results"].values())


def knowing(folder: Path, group: str, *, arrange: Arrange | None = None) -> float:
    """By how many standard deviations the best of a group lies above its own shuffles."""
    cheated, graded = faced(folder, ACCURACY, arrange=arrange)
    found = [r for r in ends(cheated, graded, group) if r["shuffled"]]
    return max(((r["score"] - np.mean(r["shuffled"])) / np.std(r["shuffled"]) for r in found), default=0.0)


def test_answers_in_sorted_order_are_worth_much_to_a_solver_that_only_looks_at_the_order(tmp_path: Path) -> None:
    assert knowing(tmp_path / "sorted", "order", arrange=sorted_answers) > 6
    assert knowing(tmp_path / "plain", "order") < 4


def test_ids_in_the_order_of_the_answers_are_worth_much_to_the_nearest_id(tmp_path: Path) -> None:
    assert knowing(tmp_path / "near", "nearest id", arrange=neighbouring_ids) > 6
    assert knowing(tmp_path / "plain", "nearest id") < 4


def test_repeated_rows_change_the_score_of_a_grader_that_joins_without_looking(tmp_path: Path) -> None:
    lax = ACCURACY.replace("if sorted(given) != sorted(answers", "if set(given) != set(answers")
    head = lax[: lax.index("    given = dict(")]
    lax = f"""{head}    both = submission.merge(answers, on="id", suffixes=("", "_true"))
    return float((both["tree"] == both["tree_true"]).mean())
"""
    cheated, graded = faced(tmp_path / "task", lax)
    plain = ends(cheated, graded, "plain")[0]["score"]
    repeated = [result["score"] for result in ends(cheated, graded, "duplicate") if result["kind"] == "valid"]
    assert max(repeated) > plain


def test_a_grader_that_leaves_empty_predictions_out_scores_one_row_alone(tmp_path: Path) -> None:
    lax = (
        RMSE.replace("if not np.isfinite(values).all():", "if False:")
        .replace("np.mean(", "np.nanmean(")
        .replace("predicted = given", "predicted = given.fillna(np.nan)")
    )
    cheated, graded = faced(tmp_path / "task", lax, kind="heights")
    lone = ends(cheated, graded, "missing")[-1]
    assert lone["kind"] == "valid"


def test_a_grader_that_chokes_on_one_spelling_is_broken_by_it_alone(tmp_path: Path) -> None:
    choking = RMSE.replace("    values =", "    for v in submission['height']:\n        int(float(v))\n    values =")
    cheated, graded = faced(tmp_path / "task", choking, kind="heights")
    kinds = [result["kind"] for result in ends(cheated, graded, "odd value")]
    assert "broken" in kinds
    assert {"valid", "invalid"} & set(kinds)


def test_a_grader_that_fails_on_what_follows_the_rules_is_asked_twice_and_no_more(tmp_path: Path) -> None:
    failing = ACCURACY.replace("    given = dict(", "    raise KeyError(7)\n    given = dict(")
    _, graded = faced(tmp_path / "task", failing)
    assert graded["fails"]
    assert [result["kind"] for result in graded["results"].values()] == ["broken", "broken"]
    assert not faced(tmp_path / "clean", ACCURACY)[1]["fails"]


def test_a_grader_that_searches_a_large_cell_forever_is_stopped(tmp_path: Path) -> None:
    search = "while max(map(len, submission['tree'].astype(str))) > 10**6:\n        pass\n    given = submission"
    slow = ACCURACY.replace("given = submission", search, 1)
    cheated, graded = faced(tmp_path / "task", slow)
    assert [result["kind"] for result in ends(cheated, graded, "large")].count("timeout") == 1


def test_a_message_that_depends_on_the_answers_speaks(tmp_path: Path) -> None:
    telling = ACCURACY.replace('must hold ash, birch or cedar.")', 'must hold " + answers["tree"].iloc[0])')
    cheated, graded = faced(tmp_path / "task", telling)
    assert any(result["speaks"] for result in ends(cheated, graded, "odd value"))


@pytest.mark.skipif(os.name == "nt", reason="no such files there")
def test_special_files_are_what_they_say(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    os.chdir(work)
    made = {item["name"] for item in special_files(work)}
    assert {"directory", "link-to-device", "link-to-itself", "pipe", "socket", "sparse"} <= made
    assert stat.S_ISFIFO((work / "special/pipe").lstat().st_mode)
    assert (work / "special/sparse").stat().st_blocks * 512 < 10**6


def test_the_written_text_is_read_back_as_it_was() -> None:
    frame = pd.DataFrame({"id": ["a,b", 'c"d', "e\nf", "\u202e"], "x": ["1", "", "nan", "0x10"]})
    read = pd.read_csv(StringIO(csv_text(frame)), dtype=str, keep_default_na=False)
    assert read.equals(frame)


def test_modules_that_foreign_code_removes_come_back() -> None:
    lost: set[str] = set()
    with kept_modules(lost):
        sys.modules.pop("json")
        sys.modules["math"] = None  # type: ignore[assignment]  # what code that forbids an import leaves there
    assert lost >= {"json", "math"}
    assert sys.modules["math"] is math


def test_the_draw_of_chance_is_resampled_wherever_something_beats_the_constant(tmp_path: Path) -> None:
    cheated, graded = faced(tmp_path / "task", ACCURACY, arrange=sorted_answers)
    draws = [entry["name"] for entry in cheated["entries"] if entry["mix"] == "drawn from train"]
    assert any(graded["results"][name]["resampled"] for name in draws)


def test_answers_are_dealt_anew_so_that_every_row_gets_another_one() -> None:
    answers = pd.DataFrame({"id": range(6), "tree": ["ash", "ash", "birch", "ash", "cedar", "birch"]})
    dealt = dealt_anew(answers, "id")
    assert sorted(dealt["tree"]) == sorted(answers["tree"])
    assert not (dealt["tree"] == answers["tree"]).any()
