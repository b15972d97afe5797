# ruff: noqa: S608  tables and columns have generated names here, values are quoted or bound
"""The distinct values of some columns with their counts, as one table `d(c, v, n)` that questions are put to at once.

A narrow long table is taken column by column, so that memory stays bounded; a wide short one in groups of columns, so
that the number of questions does.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from forge_runtime.dataset.database import Database, quoted
from forge_runtime.dataset.missing import MAY_BE_CODE, missing_codes
from forge_runtime.dataset.sql_patterns import INTEGER, NUMBER, PADDED

TOP = 50
GROUP_CELLS = 4_000_000  # a group of columns holds at most this many values
ORDER_PROBE = 2_000  # rows that tell most columns unsorted before all rows are read
Array = np.ndarray[Any, Any]
Reading = Callable[[str], str]
"""From SQL for a text to SQL for a number."""


def as_number(cell: str) -> str:
    """The plain reading; NULL for what is no number."""
    return f"TRY_CAST(trim({cell}) AS DOUBLE)"


@dataclass(frozen=True)
class Overview:
    """Counts over the distinct values of one column, missing ones left out."""

    distinct: int = 0
    present: int = 0
    integers: int = 0
    numbers: int = 0
    padded: int = 0
    suspects: int = 0


@dataclass(frozen=True)
class DistinctValues:
    """Columns `columns` of the table part `stored`; valid until the next group is asked for."""

    database: Database
    stored: str
    columns: list[int]
    codes: dict[int, list[dict[str, Any]]]
    overviews: dict[int, Overview]

    def of(self, column: int) -> str:
        """What to put behind FROM to see the values `v` of one column with their counts `n`."""
        return f"(SELECT v, n FROM d WHERE c = {column})" if len(self.columns) > 1 else "d"

    def top(self) -> dict[int, list[tuple[str, int]]]:
        """The most frequent values of every column."""
        if len(self.columns) == 1:
            return {self.columns[0]: self.database.rows(f"SELECT v, n FROM d ORDER BY n DESC, v LIMIT {TOP}")}
        found: dict[int, list[tuple[str, int]]] = defaultdict(list)
        rank = "row_number() OVER (PARTITION BY c ORDER BY n DESC, v)"
        for column, value, count in self.database.rows(
            f"SELECT c, v, n FROM d QUALIFY {rank} <= {TOP} ORDER BY c, {rank}"
        ):
            found[column].append((value, count))
        return found

    def numbers(self) -> dict[int, tuple[Array, Array]]:
        """Values and counts of the columns that hold nothing but numbers."""
        wanted = [c for c in self.columns if self.overviews[c].numbers == self.overviews[c].distinct > 0]
        if not wanted:
            return {}
        if len(self.columns) == 1:
            arrays = self.database.arrays(f"SELECT {as_number('v')} AS x, n FROM d")
            return {wanted[0]: (_filled(arrays["x"]), arrays["n"])}
        listed = ", ".join(map(str, wanted))
        arrays = self.database.arrays(f"SELECT c, {as_number('v')} AS x, n FROM d WHERE c IN ({listed}) ORDER BY c")
        values, starts = _filled(arrays["x"]), np.searchsorted(arrays["c"], [*wanted, wanted[-1] + 1])
        return {
            column: (values[starts[i] : starts[i + 1]], arrays["n"][starts[i] : starts[i + 1]])
            for i, column in enumerate(wanted)
        }

    def in_row_order(self, readings: dict[int, Reading]) -> dict[int, Array]:
        """Numbers of columns in row order, each by its reading; missing codes are no numbers.

        Columns whose beginning is unsorted are given by their beginning alone.
        """
        found = self._read(readings, ORDER_PROBE)
        open_columns = {c: reading for c, reading in readings.items() if not _unsorted(found[c])}
        if open_columns:
            found.update(self._read(open_columns, None))
        return found

    def present(self, column: int, limit: int | None) -> str:
        """What to put behind FROM to see the values of one column in row order, missing ones left out."""
        codes = ", ".join(quoted(str(code["value"])) for code in self.codes[column])
        condition = f"v IS NOT NULL{f' AND v NOT IN ({codes})' if codes else ''}"
        rows = f"SELECT c{column} AS v FROM {self.stored}{f' LIMIT {limit}' if limit else ''}"
        return f"(SELECT v FROM ({rows}) WHERE {condition})"

    def _read(self, readings: dict[int, Reading], limit: int | None) -> dict[int, Array]:
        if not readings:
            return {}
        cells = []
        for column, reading in readings.items():
            codes = ", ".join(quoted(str(code["value"])) for code in self.codes[column])
            value = f"CASE WHEN c{column} IN ({codes}) THEN NULL ELSE c{column} END" if codes else f"c{column}"
            cells.append(f"{reading(value)} AS c{column}")
        arrays = self.database.arrays(
            f"SELECT {', '.join(cells)} FROM {self.stored}{f' LIMIT {limit}' if limit else ''}"
        )
        return {column: _filled(arrays[f"c{column}"]) for column in readings}


def distinct_values(database: Database, stored: str, columns: range, rows: int) -> Iterator[DistinctValues]:
    """Groups of columns of a table part, each with its missing codes already taken out."""
    size = len(columns) if rows * len(columns) <= GROUP_CELLS else 1
    for start in range(0, len(columns), size):
        group = list(columns[start : start + size])
        _create(database, stored, group)
        overviews = _overviews(database, group)
        codes: dict[int, list[dict[str, Any]]] = {}
        values = DistinctValues(database, stored, group, codes, overviews)
        for column in group:
            codes[column] = missing_codes(database, values.of(column)) if overviews[column].suspects else []
            for code in codes[column]:
                database.run("DELETE FROM d WHERE c = ? AND v = ?", [column, code["value"]])
        if any(codes.values()):
            overviews.update(_overviews(database, group))
        yield values


def _create(database: Database, stored: str, group: list[int]) -> None:
    if len(group) == 1:
        cell = f"c{group[0]}"
        select = f"SELECT {group[0]} AS c, {cell} AS v, count(*) AS n FROM {stored} WHERE {cell} IS NOT NULL GROUP BY v"
    else:
        cells = ", ".join(f"c{column}" for column in group)
        long = f"UNPIVOT (SELECT {cells} FROM {stored}) ON {cells} INTO NAME name VALUE v"
        select = f"SELECT CAST(name[2:] AS INTEGER) AS c, v, count(*) AS n FROM ({long}) GROUP BY name, v"
    database.run(f"CREATE OR REPLACE TEMP TABLE d AS {select}")


def _overviews(database: Database, group: list[int]) -> dict[int, Overview]:
    # Patterns are dear, so each is asked only of the values that the ones before it leave open. Digits, signs, points
    # and blanks all sort before a colon.
    numbers = f"SELECT *, CASE WHEN v < ':' THEN {NUMBER} ELSE false END AS is_number FROM d"
    integers = f"SELECT *, CASE WHEN is_number THEN {INTEGER} ELSE false END AS is_integer FROM ({numbers})"
    rows = database.rows(
        "SELECT c, count(*), sum(n), count(*) FILTER (is_integer), count(*) FILTER (is_number), "
        f"count(*) FILTER (CASE WHEN is_integer THEN {PADDED} ELSE false END), count(*) FILTER ({MAY_BE_CODE}) "
        f"FROM ({integers}) GROUP BY c"
    )
    found = {row[0]: Overview(*map(int, row[1:])) for row in rows}
    return {column: found.get(column, Overview()) for column in group}


def _filled(values: Any) -> Array:
    return np.ma.filled(np.ma.asarray(values).astype(float, copy=False), np.nan)


def _unsorted(values: Array) -> bool:
    steps = np.diff(values[np.isfinite(values)])
    return bool((steps > 0).any() and (steps < 0).any())
