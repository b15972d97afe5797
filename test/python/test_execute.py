"""Running what a package holds: prepare.py, solvers, the metric."""

import json
from pathlib import Path
from typing import Any

import pytest
from forge_runtime.execute import grade, prepare, solve

METRIC = """import pandas as pd


class InvalidSubmissionError(Exception):
    pass


def validate_submission(submission, answers):
    if sorted(submission["id"]) != sorted(answers["id"]):
        raise InvalidSubmissionError("every id once")


def evaluate(submission, answers):
    validate_submission(submission, answers)
    predicted = submission.set_index("id")["size"].reindex(answers["id"]).to_numpy()
    return float(abs(predicted - answers["size"].to_numpy()).mean())
"""


def make_package(folder: Path, metric: str = METRIC, rows: int = 40, split: dict[str, Any] | None = None) -> Path:
    (folder / "data/public").mkdir(parents=True)
    (folder / "data/private").mkdir(parents=True)
    manifest = {
        "objective": "regression",
        "target": {"columns": ["size"]},
        "metric": {"direction": "minimize"},
        "split": split or {},
        "submission": {
            "id_column": "id",
            "columns": [{"name": "size", "dtype": "number", "of": {"column": "size", "class": None}}],
        },
    }
    (folder / "task.json").write_text(json.dumps(manifest))
    (folder / "metric.py").write_text(metric)
    lines = [f"{i},{i % 7}" for i in range(rows)]
    (folder / "data/private/test_answer.csv").write_text("\n".join(["id,size", *lines]) + "\n")
    tests = [f"{i},{i % 4}" for i in range(rows)]
    (folder / "data/public/test.csv").write_text("\n".join(["id,place", *tests]) + "\n")
    return folder


def grade_one(package: Path, submission: str) -> dict[str, Any]:
    path = package.parent / "submission.csv"
    path.write_text(submission)
    paths = {"package": package, "submission_entry": path}
    result: dict[str, Any] = grade.run({"names": ["entry"], "resamples": 50, "seed": 1}, paths)["results"]["entry"]
    return result


def guesses(value: float, rows: int = 40) -> str:
    return "\n".join(["id,size", *(f"{i},{value}" for i in range(rows))]) + "\n"


def test_a_valid_submission_has_a_score_and_draws_around_it(tmp_path: Path) -> None:
    result = grade_one(make_package(tmp_path / "task"), guesses(3))
    assert result["kind"] == "valid"
    draws = result["resampled"]
    assert len(draws) == 50
    assert min(draws) < result["score"] < max(draws)


def test_draws_are_the_same_for_every_submission_of_a_job(tmp_path: Path) -> None:
    package = make_package(tmp_path / "task")
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(guesses(10))
    second.write_text(guesses(11))
    paths = {"package": package, "submission_a": first, "submission_b": second}
    results = grade.run({"names": ["a", "b"], "resamples": 20, "seed": 1}, paths)["results"]
    gains = [b - a for a, b in zip(results["a"]["resampled"], results["b"]["resampled"], strict=True)]
    assert gains == pytest.approx([1.0] * 20)


def test_rows_of_one_group_are_drawn_together(tmp_path: Path) -> None:
    split = {"kind": "group", "by": ["place"]}
    result = grade_one(make_package(tmp_path / "task", split=split), guesses(3))
    # Four groups can be drawn in 35 different ways at most; single rows hardly ever give a score twice.
    assert len(set(result["resampled"])) <= 35


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,size\n1,2\n", "every id once"),
        ("", "The submission is empty"),
        ("id,size\n1,2,3\n", "The submission has rows"),
    ],
)
def test_a_bad_submission_is_invalid_with_a_message(tmp_path: Path, text: str, message: str) -> None:
    result = grade_one(make_package(tmp_path / "task"), text)
    assert result["kind"] == "invalid"
    assert message in result["message"]


@pytest.mark.parametrize("fault", ["return float('nan')", "return 1 / 0", "return '1'", "return None", "return True"])
def test_a_metric_that_fails_is_broken_not_the_submission(tmp_path: Path, fault: str) -> None:
    metric = METRIC.replace("    return float(abs", f"    {fault}\n    return float(abs")
    assert grade_one(make_package(tmp_path / "task", metric), guesses(3))["kind"] == "broken"


def test_a_metric_that_changes_its_inputs_does_not_change_the_draws(tmp_path: Path) -> None:
    clean = grade_one(make_package(tmp_path / "a/task"), guesses(3))
    metric = METRIC.replace("    predicted", "    submission['id'] = submission['id'].astype(str)\n    predicted")
    assert grade_one(make_package(tmp_path / "b/task", metric), guesses(3)) == clean


PREPARE = """from pathlib import Path


def prepare(raw: Path, public: Path, private: Path) -> None:
    text = (raw / "table.csv").read_text()
    print("dropped 3 rows: no target")
    print("dropped 2 rows: broken")
    print("looking good")
    (public / "train.csv").write_text(text)
"""


def prepare_paths(tmp_path: Path, source: str = PREPARE) -> dict[str, Path]:
    (tmp_path / "out").mkdir()
    (tmp_path / "prepare.py").write_text(source)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/table.csv").write_text("a\n1\n")
    return {"script": tmp_path / "prepare.py", "raw": tmp_path / "raw", "out": tmp_path / "out"}


def test_prepare_tells_its_files_and_what_it_dropped(tmp_path: Path) -> None:
    result = prepare.run({"entropy": 0, "twice": True}, prepare_paths(tmp_path))
    assert [file["path"] for file in result["files"]] == ["public/train.csv"]
    assert result["again"] == result["files"]
    assert result["dropped"] == [{"count": 3, "reason": "no target"}, {"count": 2, "reason": "broken"}]


def test_a_dataset_of_one_file_is_seen_in_a_folder_of_its_own(tmp_path: Path) -> None:
    paths = prepare_paths(tmp_path)
    (tmp_path / "raw/secret.csv").write_text("x")
    source = PREPARE.replace("    print", "    assert [p.name for p in raw.iterdir()] == ['table.csv']\n    print", 1)
    (tmp_path / "prepare.py").write_text(source)
    result = prepare.run({"entropy": 0, "rawName": "table.csv"}, {**paths, "raw": tmp_path / "raw/table.csv"})
    assert result["files"][0]["path"] == "public/train.csv"


def test_links_that_prepare_leaves_are_told_apart_from_files(tmp_path: Path) -> None:
    source = PREPARE + "    (public / 'link.csv').symlink_to(raw / 'table.csv')\n"
    files = prepare.run({"entropy": 0}, prepare_paths(tmp_path, source))["files"]
    assert [(file["path"], file["kind"]) for file in files] == [
        ("public/link.csv", "link"),
        ("public/train.csv", "file"),
    ]


def test_code_that_forgets_to_seed_differs_between_two_runs(tmp_path: Path) -> None:
    source = PREPARE.replace("write_text(text)", "write_text(str(__import__('random').random()))")
    paths = prepare_paths(tmp_path, source)
    hashes = {prepare.run({"entropy": entropy}, paths)["files"][0]["sha256"] for entropy in (1, 2)}
    assert len(hashes) == 2


def solve_paths(tmp_path: Path, body: str) -> dict[str, Path]:
    for name in ("public", "work"):
        (tmp_path / name).mkdir()
    (tmp_path / "solver.py").write_text(f"def solve(public, submission):\n    {body}\n")
    return {"script": tmp_path / "solver.py", "public": tmp_path / "public", "work": tmp_path / "work"}


def test_a_solver_leaves_one_regular_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = solve.run({"entropy": 0}, solve_paths(tmp_path, "submission.write_text('id\\n')"))
    assert result == {"written": True, "bytes": 3, "strays": []}


def test_a_link_is_no_submission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers.csv").write_text("id\n")
    paths = solve_paths(tmp_path, f"submission.symlink_to({str(tmp_path / 'answers.csv')!r})")
    assert solve.run({"entropy": 0}, paths)["written"] is False
