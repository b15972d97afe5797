"""The profile of one table: its columns, keys, aliases, duplicates and ragged lines."""

import itertools
import re
from typing import Any

from forge_runtime.dataset.columns import Column, measure
from forge_runtime.dataset.problems import Problems
from forge_runtime.dataset.sources import Source
from forge_runtime.dataset.store import Store

MAX_COLUMNS = 1000
"""Beyond this a table is a matrix; measuring each column costs about 10 ms."""
MAX_PAIRS = 20
PARTS = {
    "train": "train",
    "training": "train",
    "test": "test",
    "testing": "test",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "dev": "validation",
}


def table_id(source: Source) -> str:
    inner = source.get("table") or source.get("sheet") or source["member"]
    return source["path"] if inner is None else f"{source['path']}#{inner}"


def profile_table(store: Store, number: int, source: Source, problems: Problems) -> dict[str, Any]:
    """The TableProfile of src/dataset/profile.ts."""
    name = table_id(source)
    rows, ragged, ragged_count = store.load(number, source)
    names = source["columns"][:MAX_COLUMNS]
    if len(names) < len(source["columns"]):
        problems.add(
            "TOO_MANY_COLUMNS",
            name,
            f"Only the first {MAX_COLUMNS} of {len(source['columns'])} columns were measured.",
            "Select the columns that matter, or store the matrix in a format of its own.",
        )
    if ragged_count > 0:
        first = ", ".join(str(line["line"]) for line in ragged[:5])
        problems.add(
            "RAGGED",
            name,
            f"{ragged_count} lines have another number of fields than the header (lines {first}).",
            "Mend or remove these lines.",
        )
    if rows == 0:
        problems.add("NO_ROWS", name, "The table has a header and no rows.", "Add rows, or remove the file.")
    columns = [measure(store, number, index, column) for index, column in enumerate(names)]
    all_columns = ", ".join(f"c{index}" for index in range(len(source["columns"])))
    distinct = store.one(f"SELECT count(DISTINCT hash({all_columns})) FROM t{number}")[0]
    sample = store.all(f"SELECT {', '.join(f'c{index}' for index in range(len(names)))} FROM t{number} LIMIT 5")
    return {
        "id": name,
        "source": source,
        "rows": rows,
        "columns": columns,
        "duplicateRows": rows - distinct,
        "keys": _keys(store, number, columns, rows),
        "raggedLines": ragged,
        "raggedCount": ragged_count,
        "part": part_of(name),
        "aliases": _aliases(store, number, columns),
        "sample": [["" if value is None else str(value)[:200] for value in row] for row in sample],
    }


def part_of(name: str) -> str | None:
    """The part of an official split that a file or table name states."""
    words = re.split(r"[^a-z]+", name.rsplit("/", 1)[-1].lower())
    found = {PARTS[word] for word in words if word in PARTS}
    return found.pop() if len(found) == 1 else None


def _keys(store: Store, number: int, columns: list[Column], rows: int) -> list[list[str]]:
    if rows == 0:
        return []
    single = [[column["name"]] for column in columns if column["distinct"] == rows and column["missing"] == 0]
    if single:
        return single[:10]
    usable = [
        column for column in columns if column["missing"] == 0 and column["kind"] != "number" and column["distinct"] > 1
    ]
    usable = sorted(usable, key=lambda column: -column["distinct"])[:8]
    pairs = [(a, b) for a, b in itertools.combinations(usable, 2) if a["distinct"] * b["distinct"] >= rows]
    found = []
    for a, b in pairs[:MAX_PAIRS]:
        if store.one(f"SELECT count(DISTINCT (c{a['index']}, c{b['index']})) FROM t{number}")[0] == rows:
            found.append([a["name"], b["name"]])
    return found[:5]


def _aliases(store: Store, number: int, columns: list[Column]) -> list[list[str]]:
    """Columns that determine each other one to one; keys determine everything and are left out."""
    groups: list[list[Column]] = []
    candidates = [column for column in columns if column["distinct"] >= 2 and column["kind"] != "number"]
    by_shape: dict[tuple[int, int], list[Column]] = {}
    for column in candidates:
        by_shape.setdefault((column["distinct"], column["missing"]), []).append(column)
    checked = 0
    for (distinct, _), alike in by_shape.items():
        rows = store.one(f"SELECT count(*) FROM t{number}")[0]
        if distinct > 0.5 * rows or len(alike) < 2:
            continue
        for column in alike:
            for group in groups:
                checked += 1
                if checked > 2 * MAX_PAIRS:
                    break
                other = group[0]
                if (
                    other["distinct"] == distinct
                    and store.one(
                        f"SELECT count(DISTINCT (c{column['index']}, c{other['index']})) FROM t{number} WHERE c{column['index']} IS NOT NULL AND c{other['index']} IS NOT NULL"
                    )[0]
                    == distinct
                ):
                    group.append(column)
                    break
            else:
                groups.append([column])
    return [[column["name"] for column in group] for group in groups if len(group) > 1]
