"""Graders that others could have written, tried on answers that are made up."""

from pathlib import Path
from typing import Any

import pytest
from foreign_graders import GRADERS, trial


@pytest.mark.parametrize("name", sorted(GRADERS))
def test_made_up_answers_get_a_score_that_tells_right_from_wrong(name: str, tmp_path: Path) -> None:
    source, description, kind = GRADERS[name]
    result = trial(tmp_path, source, description)
    assert result["problem"] is None
    assert result["origin"] == "made up"
    assert result["kind"] == kind
    first, *_, last = result["noise"]
    assert first["mean"] != last["mean"]


def ended(result: dict[str, Any], name: str) -> tuple[str, float | None]:
    call = next(call for call in result["calls"] if call["name"] == name)
    return call["outcome"], call["score"]


def test_rows_by_position_change_the_score_and_rows_by_id_do_not(tmp_path: Path) -> None:
    by_id = trial(tmp_path, *GRADERS["numbers by id"][:2])
    by_position = trial(tmp_path, *GRADERS["numbers by position"][:2])
    assert ended(by_id, "rows reversed") == ended(by_id, "as it is")
    assert ended(by_position, "rows reversed") != ended(by_position, "as it is")


def test_a_mean_that_skips_nan_pays_for_an_empty_prediction(tmp_path: Path) -> None:
    result = trial(tmp_path, *GRADERS["numbers by id"][:2])
    _, honest = ended(result, "as it is")
    outcome, score = ended(result, "missing prediction")
    assert outcome == "scored"
    assert score is not None and honest is not None and score < honest


def test_what_the_code_asks_for_is_added_to_the_answers(tmp_path: Path) -> None:
    result = trial(tmp_path, *GRADERS["answers with a weight"][:2])
    assert result["columns"] == ["plot", "yield"]


def test_equal_graders_give_equal_trials(tmp_path: Path) -> None:
    source, description, _ = GRADERS["classes"]
    assert trial(tmp_path / "a", source, description) == trial(tmp_path / "b", source, description)


def test_a_grader_that_cannot_be_loaded_is_no_crash(tmp_path: Path) -> None:
    result = trial(tmp_path, "import absent_module\n", "")
    assert result["loaded"]["error"] == "ModuleNotFoundError"
    assert result["calls"] == []


def test_a_grader_that_is_never_content_ends_with_its_own_words(tmp_path: Path) -> None:
    result = trial(tmp_path, "def grade(submission, answers):\n    raise ValueError('wrong moon')\n", "")
    assert "wrong moon" in result["problem"]
