"""Submissions of the panel that are kept as tables, and bent forms that are tried on few rows first."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from adversary_tasks import ends, faced
from forge_runtime.execute import cheat, cheat_tables
from forge_runtime.execute.cheat_tables import TableFolder, part_of
from forge_runtime.package import PackageError, read_manifest, read_predictions
from metric_contract_tasks import ACCURACY, RMSE

PART_ROWS = 60
ROWS = 150

JOINING = (
    ACCURACY.replace("if sorted(given) != sorted(answers", "if set(given) != set(answers").split("    given = dict(")[0]
    + """    both = submission.merge(answers, on="id", suffixes=("", "_true"))
    return float((both["tree"] == both["tree_true"]).mean())
"""
)
BY_POSITION = (
    ACCURACY.split("    given = dict(")[0]
    + """    right = submission["tree"].to_numpy()[: len(answers)]
    return float((right == answers["tree"].to_numpy()).mean())
"""
)
GRADERS = {
    "clean": ("trees", ACCURACY),
    "clean numbers": ("heights", RMSE),
    "joins without looking": ("trees", JOINING),
    "goes by position": ("trees", BY_POSITION),
    "tells an answer": (
        "trees",
        ACCURACY.replace('must hold ash, birch or cedar.")', 'must hold " + answers["tree"].iloc[0])'),
    ),
    "leaves empty predictions out": (
        "heights",
        RMSE.replace("if not np.isfinite(values).all():", "if False:")
        .replace("np.mean(", "np.nanmean(")
        .replace("predicted = given", "predicted = given.fillna(np.nan)"),
    ),
    "chokes on a spelling": (
        "heights",
        RMSE.replace("    values =", "    for v in submission['height']:\n        int(float(v))\n    values ="),
    ),
    "wants every row": (
        "trees",
        ACCURACY.replace(
            "    given = dict(",
            f"    if len(submission) != {ROWS}:\n        raise InvalidSubmissionError('rows')\n    given = dict(",
            1,
        ),
    ),
}


@pytest.fixture(autouse=True)
def _small_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cheat_tables, "PART_ROWS", PART_ROWS)


@pytest.mark.parametrize("grader", GRADERS)
def test_forms_that_are_tried_on_few_rows_first_end_as_those_that_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grader: str
) -> None:
    kind, metric = GRADERS[grader]
    cheated, few = faced(tmp_path / "few", metric, kind=kind, rows=ROWS)
    monkeypatch.setattr(cheat, "part_of", lambda _sample: None)
    _, whole = faced(tmp_path / "whole", metric, kind=kind, rows=ROWS)
    assert list(few["results"]) == list(whole["results"])
    for entry in cheated["entries"]:
        one, other = (panel["results"][entry["name"]] for panel in (few, whole))
        told = ("kind", "score", "speaks", "resampled", "shuffled")
        assert [one.get(key) for key in told] == [other.get(key) for key in told], entry["change"]


def test_a_grader_that_refuses_few_rows_is_asked_with_all_of_them(tmp_path: Path) -> None:
    kind, metric = GRADERS["wants every row"]
    cheated, graded = faced(tmp_path / "task", metric, kind=kind, rows=ROWS)
    assert ends(cheated, graded, "plain")[0]["kind"] == "valid"
    assert {result["message"] for result in ends(cheated, graded, "odd id")} != {"rows"}


def test_tables_are_kept_exactly_as_their_files_are_read(tmp_path: Path) -> None:
    for kind, metric in (("trees", ACCURACY), ("heights", RMSE)):
        folder = tmp_path / kind
        cheated, _ = faced(folder, metric, kind=kind, rows=ROWS)
        work, manifest = tmp_path / f"{kind}-work", read_manifest(folder / "task.json")
        tables = TableFolder(work / "tables")
        kept = 0
        for entry in cheated["entries"]:
            table = tables.get(entry["name"])
            if table is not None:
                kept += 1
                pd.testing.assert_frame_equal(table, read_predictions(work / f"{entry['name']}.csv", manifest))
        assert kept > 30


def test_odd_texts_survive_in_a_kept_table(tmp_path: Path) -> None:
    manifest = tmp_path / "task.json"
    columns = [{"name": "tree", "dtype": "label"}, {"name": "height", "dtype": "number"}]
    manifest.write_text(json.dumps({"submission": {"id_column": "id", "columns": columns}}))
    file = tmp_path / "odd.csv"
    file.write_text(
        'id,tree,height\n1,"a,""b""\nc",0.1\n\u202e7,,1e-400\n007,\ud83d\ude00,1e308\n'.encode(
            "utf-16", "surrogatepass"
        ).decode("utf-16")
    )
    tables = TableFolder(tmp_path / "tables")
    tables.keep(file, read_manifest(manifest))
    kept = TableFolder(tmp_path / "tables").get("odd")
    pd.testing.assert_frame_equal(kept, read_predictions(file, read_manifest(manifest)))
    file.write_bytes(b"id,tree\n\xff,1\n")
    with pytest.raises(PackageError):
        read_predictions(file, read_manifest(manifest))
    tables.keep(file.rename(tmp_path / "unreadable.csv"), read_manifest(manifest))
    assert tables.get("unreadable") is None


def test_a_part_has_rows_of_the_whole_in_their_order_and_small_tables_have_none() -> None:
    sample = pd.DataFrame({"id": np.arange(ROWS)})
    part = part_of(sample)
    assert part is not None
    assert len(part) == PART_ROWS
    assert part["id"].is_monotonic_increasing
    assert part_of(sample.head(2 * PART_ROWS - 1)) is None
