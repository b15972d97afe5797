"""How a package is read: ids and labels stay text, numbers become floats, empty is missing."""

import contextlib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from forge_runtime.package import (
    Manifest,
    PackageError,
    load_module,
    perfect_submission,
    read_manifest,
    read_predictions,
    read_table,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def manifest(
    objective: str = "multiclass-classification", target: str = "kind", columns: list[dict[str, Any]] | None = None
) -> Manifest:
    default = [{"name": target, "dtype": "label", "of": {"column": target, "class": None}}]
    return Manifest(
        {
            "objective": objective,
            "target": {"columns": [target]},
            "submission": {"id_column": "id", "columns": columns or default},
        }
    )


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_ids_and_labels_stay_text_where_they_look_like_numbers(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "t.csv", "id,size,kind\n007,1.5,0\n008,2,1\n"), manifest())
    assert table["id"].tolist() == ["007", "008"]
    assert table["kind"].tolist() == ["0", "1"]
    assert table["size"].tolist() == [1.5, 2.0]


def test_empty_cells_are_missing_and_the_word_na_is_a_word(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "t.csv", "id,land,size\n1,NA,\n2,,3\n"), manifest())
    assert table["land"].tolist()[0] == "NA"
    assert pd.isna(table["land"][1])
    assert np.isnan(table["size"][0])


def test_codes_with_leading_zeros_and_long_ids_stay_text(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "t.csv", "id,zip,account,price\n1,01234,12345678901234567,0.5\n"), manifest())
    assert table["zip"][0] == "01234"
    assert table["account"][0] == "12345678901234567"
    assert table["price"][0] == 0.5


def test_targets_of_a_regression_are_numbers(tmp_path: Path) -> None:
    column = {"name": "price", "dtype": "number", "of": {"column": "price", "class": None}}
    answers = read_table(write(tmp_path / "t.csv", "id,price\n1,3\n"), manifest("regression", "price", [column]))
    assert answers["price"].dtype == np.float64


@pytest.mark.parametrize("dtype", ["label", "string"])
def test_what_is_predicted_as_text_is_text_in_the_answers_whatever_the_objective(tmp_path: Path, dtype: str) -> None:
    columns = [{"name": "tag", "dtype": dtype, "of": {"column": "truth", "class": None}}]
    table = read_table(write(tmp_path / "t.csv", "id,truth\n1,01\n2,7\n"), manifest("other", "truth", columns))
    assert table["truth"].tolist() == ["01", "7"]


def test_scores_of_a_class_make_its_answers_labels_whatever_the_objective(tmp_path: Path) -> None:
    columns = [{"name": "odd", "dtype": "number", "of": {"column": "fault", "class": "1"}}]
    table = read_table(
        write(tmp_path / "t.csv", "id,fault\n1,0\n2,1\n"), manifest("anomaly-detection", "fault", columns)
    )
    assert table["fault"].tolist() == ["0", "1"]


def test_free_strings_and_lists_are_no_classes_to_learn() -> None:
    def targets(objective: str, dtype: str, **more: object) -> list[str]:
        column = {"name": "kind", "dtype": dtype, "of": {"column": "kind", "class": None}, **more}
        return manifest(objective, columns=[column]).class_targets

    assert targets("segmentation", "string") == []
    assert targets("recommendation", "ranked-list") == []
    assert targets("segmentation", "string", allowed=["a", "b"]) == ["kind"]
    assert targets("anomaly-detection", "label") == ["kind"]
    assert targets("multiclass-classification", "string") == ["kind"]
    assert targets("regression", "number") == []


def test_predictions_that_are_no_numbers_are_left_for_the_metric_to_refuse(tmp_path: Path) -> None:
    column = {"name": "price", "dtype": "number", "of": {"column": "price", "class": None}}
    spec = manifest("regression", "price", [column])
    assert read_predictions(write(tmp_path / "a.csv", "id,price\n1,0012\n"), spec)["price"][0] == 12.0
    assert read_predictions(write(tmp_path / "b.csv", "id,price\n1,cheap\n2,3\n"), spec)["price"][0] == "cheap"


def test_the_perfect_submission_of_class_probabilities_is_one_hot() -> None:
    columns = [
        {"name": f"prob_{label}", "dtype": "probability", "of": {"column": "kind", "class": label}} for label in "ab"
    ]
    answers = pd.DataFrame({"id": ["1", "2"], "kind": ["b", "a"]})
    perfect = perfect_submission(manifest(columns=columns), answers)
    assert perfect.to_dict("list") == {"id": ["1", "2"], "prob_a": [0.0, 1.0], "prob_b": [1.0, 0.0]}


def test_the_perfect_submission_of_labels_is_the_answers() -> None:
    answers = pd.DataFrame({"id": ["1", "2"], "kind": ["b", "a"]})
    assert perfect_submission(manifest(), answers).equals(answers)


def test_a_rank_that_is_submitted_as_a_score_is_a_number_and_no_class() -> None:
    score = {"name": "score", "dtype": "number", "of": {"column": "place", "class": None}}
    spec = manifest("ranking", "place", [score])
    assert (spec.labels, spec.class_targets) == (set(), [])
    rank = {"name": "rank", "dtype": "label", "of": {"column": "place", "class": None}}
    assert manifest("ranking", "place", [rank]).labels == {"rank", "place"}


def test_answers_without_the_promised_column_are_an_error_that_names_it() -> None:
    with pytest.raises(PackageError, match="kind"):
        perfect_submission(manifest(), pd.DataFrame({"id": ["1"]}))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"target": 3, "submission": [], "metric": "x"}'])
def test_a_broken_manifest_counts_as_empty(tmp_path: Path, text: str) -> None:
    spec = read_manifest(write(tmp_path / "task.json", text))
    assert (spec.id_column, spec.targets, spec.submission_columns, spec.labels) == ("id", [], [], set())


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "empty"), (b"id,kind\n1,\xff\n", "UTF-8"), (b"id,kind\n1,a,b\n", "fields"), (b'id,kind\n1,"a\n', "read")],
)
def test_a_file_that_is_no_table_is_an_error_that_says_why(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(PackageError, match=message):
        read_table(path, manifest())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200))
def test_any_bytes_give_a_table_or_a_package_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with contextlib.suppress(PackageError):
        assert isinstance(read_table(path, manifest()), pd.DataFrame)


def test_a_module_is_fresh_on_every_load_and_leaves_no_byte_code(tmp_path: Path) -> None:
    path = write(
        tmp_path / "metric.py", "calls = []\n\n\ndef evaluate():\n    calls.append(1)\n    return len(calls)\n"
    )
    first, second = load_module(path), load_module(path)
    assert (first.evaluate(), first.evaluate(), second.evaluate()) == (1, 2, 1)
    assert [entry.name for entry in tmp_path.iterdir()] == ["metric.py"]
