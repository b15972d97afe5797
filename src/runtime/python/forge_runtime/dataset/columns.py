# ruff: noqa: S608  tables and columns have generated names here, values are quoted or bound
"""Measures columns on their distinct values, so that each value is looked at once however often it repeats."""

from functools import partial
from typing import Any

import numpy as np

from forge_runtime.dataset import dates
from forge_runtime.dataset.database import Database, quoted
from forge_runtime.dataset.distinct_values import (
    ORDER_PROBE,
    Array,
    DistinctValues,
    Reading,
    as_number,
    distinct_values,
)
from forge_runtime.dataset.numbers import direction, numeric_profile
from forge_runtime.dataset.odd_values import odd_values
from forge_runtime.dataset.problems import Problems
from forge_runtime.dataset.shown import shown
from forge_runtime.dataset.tables import StoredTable

SAMPLE_ROWS = 5
BOOLEANS = ({"true", "false"}, {"yes", "no"}, {"t", "f"}, {"y", "n"}, {"0", "1"})
TRUE_WORDS = {"true", "yes", "t", "y", "1"}
MAX_EXACT_INTEGER = 2**53
LONGEST_DATE = 40  # characters; longer texts are no dates and no numbers


def measure_columns(database: Database, table: StoredTable, problems: Problems) -> list[dict[str, Any]]:
    """The column profiles of a table, in file order."""
    profiles: list[dict[str, Any]] = []
    for stored, columns in database.slices(table.stored, len(table.columns)):
        for values in distinct_values(database, stored, columns, table.rows):
            profiles += _Group(values, table, problems).measure()
    return profiles


def sample_rows(database: Database, table: StoredTable) -> list[list[str]]:
    """The first rows as written; long values are cut."""
    rows: list[list[str]] = [[] for _ in range(min(SAMPLE_ROWS, table.rows))]
    for part in database.parts(table.stored):
        for row, cells in zip(rows, database.rows(f"SELECT * FROM {part} LIMIT {SAMPLE_ROWS}"), strict=True):
            row += ["" if value is None else shown(value) for value in cells]
    return rows


class _Group:
    """Columns that are measured together."""

    def __init__(self, values: DistinctValues, table: StoredTable, problems: Problems) -> None:
        self._database = values.database
        self._values = values
        self._table = table
        self._problems = problems

    def measure(self) -> list[dict[str, Any]]:
        top, numbers = self._values.top(), self._values.numbers()
        profiles = {column: self._empty(column, top.get(column, [])) for column in self._values.columns}
        readings: dict[int, Reading] = {}
        for column, profile in profiles.items():
            overview = self._values.overviews[column]
            words = {value.strip().lower() for value, _ in top.get(column, [])} if overview.distinct <= 4 else set()
            if overview.distinct == 0:
                continue
            if len(words) == 2 and words in BOOLEANS:
                readings[column] = _as_boolean(profile, top[column])
            elif column in numbers:
                self._as_number(profile, *numbers[column])
                readings[column] = as_number
            else:
                reading = self._as_words(profile)
                if reading is not None:
                    readings[column] = reading
        for column, values in self._values.in_row_order(readings).items():
            profiles[column]["sorted"] = direction(values)
        return list(profiles.values())

    def _empty(self, column: int, top: list[tuple[str, int]]) -> dict[str, Any]:
        overview = self._values.overviews[column]
        return {
            "name": self._table.columns[column],
            "index": column,
            "kind": "empty" if overview.distinct == 0 else "text",
            "missing": self._table.rows - overview.present,
            "missingCodes": self._values.codes[column],
            "distinct": overview.distinct,
            "top": [{"value": shown(value), "count": int(count)} for value, count in top],
            "leadingZeros": False,
            "bigIntegers": False,
            "sorted": "no",
            "numeric": None,
            "time": None,
            "text": None,
            "mediaPaths": None,
        }

    def _as_number(self, profile: dict[str, Any], values: Array, counts: Array) -> None:
        column, overview = profile["index"], self._values.overviews[profile["index"]]
        whole = overview.integers == overview.distinct
        profile["kind"] = "integer" if whole else "number"
        numeric = profile["numeric"] = numeric_profile(values, counts)
        if not whole or numeric is None:
            return
        profile["leadingZeros"] = overview.padded > 0
        low, high = numeric["minimum"], numeric["maximum"]
        profile["bigIntegers"] = max(abs(low), abs(high)) > MAX_EXACT_INTEGER
        form = dates.epoch_unit(low, high, overview.distinct) or dates.compact_format(
            self._database, self._values.of(column), low, high, overview.distinct
        )
        if form is not None and not profile["leadingZeros"]:
            profile["time"] = self._time(column, form)

    def _as_words(self, profile: dict[str, Any]) -> Reading | None:
        """Measures dates or text; returns how dates are read as numbers, to see whether they are sorted."""
        column, values = profile["index"], self._values.of(profile["index"])
        characters, longest, words, spaces = self._database.one(
            "SELECT sum(length(v) * n) / sum(n), max(length(v)), "
            "sum((length(trim(v)) - length(replace(trim(v), ' ', '')) + 1) * n) / sum(n), "
            f"sum(n) FILTER (contains(trim(v), ' ')) / sum(n) FROM {values}"
        )
        short = longest <= LONGEST_DATE
        found = dates.find_format(self._database, values, profile["distinct"]) if short else None
        if found is not None:
            form, clock, ambiguous = found
            profile["kind"] = "datetime" if clock else "date"
            profile["time"] = self._time(column, form)
            if ambiguous:
                message = f"Day and month cannot be told apart; read as {form}."
                self._tell(profile, "AMBIGUOUS_DATES", message, "Check the format.")
            return partial(dates.seconds_sql, form)
        profile["text"] = {
            "meanCharacters": float(characters),
            "maxCharacters": int(longest),
            "meanWords": float(words),
            "withSpaces": float(spaces or 0),
        }
        profile["sorted"] = self._text_order(column)
        if short and profile["distinct"] > 1:
            for code, message, remedy in odd_values(self._database, values, profile["distinct"]):
                self._tell(profile, code, message, remedy)
        return None

    def _tell(self, profile: dict[str, Any], code: str, message: str, remedy: str) -> None:
        self._problems.add(code, self._table.id, f"Column {shown(profile['name'])!r}: {message}", remedy)

    def _time(self, column: int, form: str) -> dict[str, Any]:
        arrays = self._database.arrays(f"SELECT {dates.seconds_sql(form)} AS x FROM {self._values.of(column)}")
        return dates.time_profile(form, np.ma.filled(arrays["x"].astype(float), np.nan))

    def _text_order(self, column: int) -> str:
        up = down = constant = False
        for limit in (ORDER_PROBE, None):
            up, down, constant = self._database.one(
                "SELECT coalesce(bool_and(v >= p), true), coalesce(bool_and(v <= p), true), "
                "coalesce(bool_and(v = p), true) "
                f"FROM (SELECT v, lag(v) OVER () AS p FROM {self._values.present(column, limit)}) WHERE p IS NOT NULL"
            )
            if not up and not down:
                return "no"
        return "no" if constant else "ascending" if up else "descending"


def _as_boolean(profile: dict[str, Any], top: list[tuple[str, int]]) -> Reading:
    """Reads two truth values as 0 and 1; returns the same reading in SQL."""
    profile["kind"] = "boolean"
    truths = np.array([float(value.strip().lower() in TRUE_WORDS) for value, _ in top])
    profile["numeric"] = numeric_profile(truths, np.array([count for _, count in top]))
    listed = ", ".join(quoted(word) for word in sorted(TRUE_WORDS))
    return lambda cell: f"CAST(lower(trim({cell})) IN ({listed}) AS DOUBLE)"
