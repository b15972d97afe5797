# ruff: noqa: S608  tables and columns have generated names here, values are quoted or bound
"""Exact keys, columns that determine each other, and repeated rows."""

import itertools
from typing import Any

import numpy as np

from forge_runtime.dataset.database import Database
from forge_runtime.dataset.tables import StoredTable

# Bounds on the number of exact counts over two columns; the most promising pairs come first.
MAX_KEY_PAIRS = 15
MAX_PROBED_PAIRS = 150
MAX_ALIAS_PAIRS = 150
MAX_COLUMNS_FOR_PAIRS = 60
# A pair that repeats within the first rows is no key; this saves nearly all full counts.
PROBE_ROWS = 20_000
KEY_CHARACTERS = 64  # longer texts are contents, not keys
KEY_KINDS = frozenset({"boolean", "integer", "date", "datetime", "text"})
HASH_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # mixes the hashes of the parts of a wide table

Profile = dict[str, Any]


def find_keys(database: Database, table: StoredTable, columns: list[Profile]) -> list[list[str]]:
    """Single columns that are exactly unique and never missing; pairs only where no single column is.

    A column that merely numbers the rows says nothing of what a row is: beside it, pairs with a moment still count.
    """
    unique = [c for c in columns if c["distinct"] == table.rows and c["missing"] == 0]
    singles = [[str(c["name"])] for c in unique]
    numbered = bool(unique)
    if table.rows < 2 or not all(_numbers_rows(c, table) for c in unique):
        return singles
    able = [c for c in columns if c["missing"] == 0 and 1 < c["distinct"] < table.rows and _may_be_key(c)]
    able = able[:MAX_COLUMNS_FOR_PAIRS]
    pairs = [
        (a, b)
        for a, b in itertools.combinations(able, 2)
        if a["distinct"] * b["distinct"] >= table.rows and (not numbered or a["time"] or b["time"])
    ]
    # The product nearest to the number of rows is the most meaningful: no accident, a design.
    pairs.sort(key=lambda pair: (pair[0]["distinct"] * pair[1]["distinct"], pair[0]["index"], pair[1]["index"]))
    found = singles
    counted = 0
    for a, b in pairs[:MAX_PROBED_PAIRS]:
        if counted >= MAX_KEY_PAIRS:
            break
        if _pairs(database, table, a, b, PROBE_ROWS) < min(PROBE_ROWS, table.rows):
            continue
        counted += 1
        if _pairs(database, table, a, b, None) == table.rows:
            found.append([str(a["name"]), str(b["name"])])
    return found


def find_aliases(database: Database, table: StoredTable, columns: list[Profile]) -> list[list[str]]:
    """Groups of columns that determine each other one to one. Keys and constants are left out: they always would."""
    able = [c for c in columns if 2 <= c["distinct"] <= table.rows // 2]
    groups: list[list[Profile]] = []
    counted = 0
    ordered = sorted(able, key=lambda c: (c["distinct"], c["missing"], c["index"]))
    for _, same in itertools.groupby(ordered, key=lambda c: (c["distinct"], c["missing"])):
        open_groups: list[list[Profile]] = []
        for column in same:
            same_group = None
            for group in open_groups:
                counted += 1
                if counted > MAX_ALIAS_PAIRS:
                    break
                if _one_to_one(database, table, group[0], column):
                    same_group = group
                    break
            if same_group is None:
                open_groups.append([column])
            else:
                same_group.append(column)
        groups += [group for group in open_groups if len(group) > 1]
    return [[str(c["name"]) for c in sorted(group, key=lambda c: int(c["index"]))] for group in groups]


def count_duplicates(database: Database, table: StoredTable, keys: list[list[str]]) -> int:
    """Rows that repeat an earlier one in every column (by a 64-bit hash of the row)."""
    if keys:
        return 0
    hashes: np.ndarray[Any, Any] | None = None
    for part in database.parts(table.stored):
        found = database.arrays(f"SELECT hash(row) AS h FROM {part} AS row")["h"]
        hashes = found if hashes is None else (hashes * HASH_FACTOR) ^ found
    return 0 if hashes is None else table.rows - len(np.unique(hashes))


def _numbers_rows(column: Profile, table: StoredTable) -> bool:
    """Whole numbers in order without a gap."""
    if column["kind"] != "integer" or column["sorted"] == "no":
        return False
    return bool(column["numeric"]["maximum"] - column["numeric"]["minimum"] == table.rows - 1)


def _may_be_key(column: Profile) -> bool:
    text = column["text"]
    return column["kind"] in KEY_KINDS and (text is None or text["maxCharacters"] <= KEY_CHARACTERS)


def _pairs(database: Database, table: StoredTable, a: Profile, b: Profile, limit: int | None) -> int:
    x, y = f"c{a['index']}", f"c{b['index']}"
    view = database.view(table.stored, [a["index"], b["index"]])
    rows = f"SELECT {x}, {y} FROM {view}{f' LIMIT {limit}' if limit else ''}"
    return int(database.one(f"SELECT count(*) FROM (SELECT DISTINCT {x}, {y} FROM ({rows}))")[0])


def _one_to_one(database: Database, table: StoredTable, a: Profile, b: Profile) -> bool:
    # Missing codes count as a value here, so the pair may have a few more combinations than the columns have values.
    allowed = a["distinct"] + max(len(a["missingCodes"]), len(b["missingCodes"])) + (1 if a["missing"] else 0)
    if _pairs(database, table, a, b, PROBE_ROWS) > allowed or _pairs(database, table, a, b, None) > allowed:
        return False
    view = database.view(table.stored, [a["index"], b["index"]])
    x, y = f"c{a['index']}", f"c{b['index']}"
    several = "SELECT 1 FROM {view} GROUP BY {one} HAVING count(DISTINCT {other}) > 1 LIMIT 1"
    return not any(database.rows(several.format(view=view, one=one, other=other)) for one, other in ((x, y), (y, x)))
