"""JSON documents whose records are laid out in other ways than as a list of objects."""

import json
from pathlib import Path
from typing import Any

import pytest
from dataset_support import codes, only_table, profile_of, rows_of

RECORDS = [{"size": i / 2, "label": "ab"[i % 2]} for i in range(40)]
ROWS = [[record["size"], record["label"]] for record in RECORDS]
CELLS = [["0", "a"], ["0.5", "b"], ["1", "a"]]
NAMES = ["size", "label"]


@pytest.mark.parametrize(
    ("layout", "document", "columns", "first"),
    [
        ("rows", ROWS, ["column_1", "column_2"], CELLS),
        ("rows", {"columns": NAMES, "index": list(range(40)), "data": ROWS}, NAMES, CELLS),
        ("columns", {name: [record[name] for record in RECORDS] for name in NAMES}, NAMES, CELLS),
        ("indexed", {name: {str(i): r[name] for i, r in enumerate(RECORDS)} for name in NAMES}, NAMES, CELLS),
        ("keyed", {f"a{i}.png": r for i, r in enumerate(RECORDS)}, ["key", *NAMES], [["a0.png", *CELLS[0]]]),
        ("parts", {"train": RECORDS, "test": RECORDS[:5]}, ["part", *NAMES], [["train", *c] for c in CELLS]),
        (
            "row-parts",
            {"data": {"train": ROWS, "test": ROWS[:5]}},
            ["part", "column_1", "column_2"],
            [["train", *c] for c in CELLS],
        ),
    ],
)
def test_records_are_found_in_every_common_layout(
    tmp_path: Path, layout: str, document: Any, columns: list[str], first: list[list[str]]
) -> None:
    table = only_table(profile_of(tmp_path, {"t.json": json.dumps(document)}))
    assert (table["source"]["layout"], [column["name"] for column in table["columns"]]) == (layout, columns)
    read = rows_of(tmp_path, table)
    assert read[: len(first)] == first
    assert len(read) == table["rows"] == (45 if "parts" in layout else 40)


def test_a_name_that_is_taken_is_not_taken_again(tmp_path: Path) -> None:
    records = [{"part": i, "part_2": -i} for i in range(30)]
    table = only_table(profile_of(tmp_path, {"t.json": json.dumps({"a": records, "b": records[:9]})}))
    assert [column["name"] for column in table["columns"]] == ["part_3", "part", "part_2"]


@pytest.mark.parametrize(
    "document",
    [
        {"pictures": [{"file": f"{i}.png"} for i in range(9)], "notes": [{"of": i, "label": "a"} for i in range(30)]},
        {"meta": {"box": [[0, 1], [2, 3]], "by": {"name": "x"}}, "notes": [{"of": i, "label": "a"} for i in range(30)]},
    ],
)
def test_lists_that_do_not_go_together_stay_apart(tmp_path: Path, document: Any) -> None:
    table = only_table(profile_of(tmp_path, {"t.json": json.dumps(document)}))
    assert "layout" not in table["source"]
    assert (table["source"]["recordPath"], table["rows"]) == (["notes"], 30)


@pytest.mark.parametrize(
    "document",
    [
        {"learning_rate": 0.1, "layers": {"first": {"size": 3}, "second": {"size": 4}}},
        [[1, 2], [3]],
        [[1, [2]], [3, [4]]],
        {"a": [], "b": []},
        {"a": {}, "b": {}},
        [],
    ],
)
def test_settings_and_ragged_lists_are_no_table(tmp_path: Path, document: Any) -> None:
    assert "JSON_SHAPE" in codes(profile_of(tmp_path, {"t.json": json.dumps(document)}))
