"""A practice task cut from train: parts that share no row, cut as the task itself was, without private answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from forge_runtime.execute.holdout import run

Json = dict[str, Any]
ROWS = 200


@pytest.fixture
def task(tmp_path: Path) -> Path:
    """Public files with 200 train rows of two uneven classes, ten groups and a day each."""
    public = tmp_path / "public"
    (public / "media").mkdir(parents=True)
    (public / "media" / "1.txt").write_text("one")
    days = pd.date_range("2020-01-01", periods=ROWS).strftime("%Y-%m-%d")
    rows = range(ROWS)
    kinds = ["rare" if row % 10 == 0 else "common" for row in rows]
    train = pd.DataFrame({"id": rows, "day": days, "group": [row % 10 for row in rows], "code": "007", "kind": kinds})
    train.sample(frac=1, random_state=0).to_csv(public / "train.csv", index=False)
    test = train.drop(columns="kind").assign(id=range(1000, 1000 + ROWS))
    test.to_csv(public / "test.csv", index=False)
    pd.DataFrame({"id": test["id"], "kind": "rare"}).to_csv(public / "sample_submission.csv", index=False)
    (tmp_path / "work").mkdir()
    return tmp_path


def cut(task: Path, split: Json, seed: int = 0, target: str = "kind") -> Json:
    column = {"name": target, "dtype": "label", "of": {"column": target, "class": None}}
    manifest = {
        "objective": "binary-classification",
        "target": {"columns": [target]},
        "submission": {"id_column": "id", "columns": [column]},
        "split": {"by": [], "test_fraction": 0.25, **split},
    }
    (task / "task.json").write_text(json.dumps(manifest))
    paths = {"public": task / "public", "manifest": task / "task.json", "work": task / "work"}
    return run({"seed": seed}, paths)


def table(task: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(task / "work" / "data" / name, dtype=str, keep_default_na=False)


def test_the_parts_share_no_row_and_hold_every_row_together(task: Path) -> None:
    result = cut(task, {"kind": "stratified"})
    train, test = table(task, "public/train.csv"), table(task, "public/test.csv")
    assert (len(train), len(test)) == (result["train"], result["test"]) == (150, 50)
    assert set(train["id"]) | set(test["id"]) == {str(row) for row in range(ROWS)}
    assert not set(train["id"]) & set(test["id"])


def test_the_held_out_rows_look_like_test_rows_and_their_answers_are_apart(task: Path) -> None:
    cut(task, {"kind": "random"})
    test, answers = table(task, "public/test.csv"), table(task, "private/test_answer.csv")
    assert list(test.columns) == ["id", "day", "group", "code"]
    assert list(answers.columns) == ["id", "kind"]
    assert list(answers["id"]) == list(test["id"])
    assert set(test["code"]) == {"007"}, "cells stay as they are written"


def test_classes_are_held_out_in_proportion(task: Path) -> None:
    cut(task, {"kind": "stratified"})
    assert table(task, "private/test_answer.csv")["kind"].value_counts().to_dict() == {"common": 45, "rare": 5}


def test_a_split_by_time_holds_out_the_latest_days(task: Path) -> None:
    result = cut(task, {"kind": "time", "by": ["day"]})
    assert table(task, "public/train.csv")["day"].max() < table(task, "public/test.csv")["day"].min()
    assert result["how"] == "the latest rows by day"


def test_a_split_by_group_holds_out_whole_groups(task: Path) -> None:
    cut(task, {"kind": "group", "by": ["group"]})
    train, test = table(task, "public/train.csv"), table(task, "public/test.csv")
    assert test["group"].nunique() == 2
    assert not set(train["group"]) & set(test["group"])


def test_the_sample_submission_names_the_held_out_rows(task: Path) -> None:
    cut(task, {"kind": "random"})
    sample = table(task, "public/sample_submission.csv")
    assert list(sample["id"]) == list(table(task, "public/test.csv")["id"])
    assert set(sample["kind"]) == {"rare"}


def test_other_public_files_are_there_too(task: Path) -> None:
    cut(task, {"kind": "random"})
    assert (task / "work" / "data" / "public" / "media" / "1.txt").read_text() == "one"


def test_rows_without_an_answer_are_never_held_out(task: Path) -> None:
    train = pd.read_csv(task / "public" / "train.csv", dtype=str)
    train.loc[:99, "kind"] = ""
    train.to_csv(task / "public" / "train.csv", index=False)
    result = cut(task, {"kind": "random"})
    assert result["train"] + result["test"] == ROWS
    assert "" not in set(table(task, "private/test_answer.csv")["kind"])


def test_the_same_seed_cuts_the_same_rows(task: Path, tmp_path: Path) -> None:
    cut(task, {"kind": "random"})
    first = table(task, "public/test.csv")
    other = tmp_path / "again"
    other.mkdir()
    run({"seed": 0}, {"public": task / "public", "manifest": task / "task.json", "work": other})
    assert first["id"].tolist() == pd.read_csv(other / "data/public/test.csv", dtype=str)["id"].tolist()


def test_a_train_without_the_answers_says_why_nothing_is_cut(task: Path) -> None:
    assert "no column 'weight'" in cut(task, {"kind": "random"}, target="weight")["reason"]
    assert not (task / "work" / "data").exists()


def test_too_few_rows_say_so(task: Path) -> None:
    pd.read_csv(task / "public" / "train.csv", dtype=str).head(25).to_csv(task / "public" / "train.csv", index=False)
    reason = cut(task, {"kind": "random"})["reason"]
    assert reason == "rows class by class: 19 rows to learn from, 6 to score; 20 of each are needed"
