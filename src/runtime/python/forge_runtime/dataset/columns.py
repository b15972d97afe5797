# ruff: noqa: S608  tables and columns have generated names here, values are quoted or bound
"""Measures one column at a time on its distinct values, so that each is looked at once however often it repeats."""

from typing import Any

import numpy as np

from forge_runtime.dataset import dates
from forge_runtime.dataset.database import Database, quoted
from forge_runtime.dataset.missing import MAY_BE_CODE, remove_missing
from forge_runtime.dataset.numbers import direction, numeric_profile
from forge_runtime.dataset.problems import Problems
from forge_runtime.dataset.sql_patterns import DECIMAL_COMMA, DECORATED, INTEGER, NUMBER, PADDED
from forge_runtime.dataset.tables import StoredTable

TOP = 50
SHOWN_CHARACTERS = 300  # of a value in a list; longer ones are cut with an ellipsis
SAMPLE_ROWS = 5
BOOLEANS = ({"true", "false"}, {"yes", "no"}, {"t", "f"}, {"y", "n"}, {"0", "1"})
TRUE_WORDS = {"true", "yes", "t", "y", "1"}
MAX_EXACT_INTEGER = 2**53
# Columns beyond this are measured on their counts alone: no order, no text statistics.
FULL_COLUMNS = 2_000
ORDER_PROBE = 2_000
MIXED_DATES = 0.9


OVERVIEW = (
    f"SELECT count(*), coalesce(sum(n), 0), count(*) FILTER ({INTEGER}), count(*) FILTER ({NUMBER}), "
    f"count(*) FILTER ({PADDED}), count(*) FILTER ({MAY_BE_CODE}) FROM d"
)


def measure_columns(database: Database, table: StoredTable, problems: Problems) -> list[dict[str, Any]]:
    """The column profiles of a table, in file order."""
    names = table.columns
    if len(names) > FULL_COLUMNS:
        message = f"The table has {len(names)} columns; row order is checked for the first {FULL_COLUMNS} only."
        problems.add("MANY_COLUMNS", table.id, message, "Nothing to do.")
    profiles: list[dict[str, Any]] = []
    for stored, columns in database.slices(table.stored, len(names)):
        for index in columns:
            column = _Column(database, table, stored, index, problems)
            profiles.append(column.measure(index, ordered=index < FULL_COLUMNS))
    return profiles


def sample_rows(database: Database, table: StoredTable) -> list[list[str]]:
    """The first rows as written; long values are cut."""
    rows: list[list[str]] = [[] for _ in range(min(SAMPLE_ROWS, table.rows))]
    for part in database.parts(table.stored):
        for row, cells in zip(rows, database.rows(f"SELECT * FROM {part} LIMIT {SAMPLE_ROWS}"), strict=True):
            row += ["" if value is None else shown(value) for value in cells]
    return rows


def shown(value: str) -> str:
    """A value cut to a length that a report can hold."""
    return value if len(value) <= SHOWN_CHARACTERS else value[:SHOWN_CHARACTERS] + "…"


class _Column:
    def __init__(self, database: Database, table: StoredTable, stored: str, index: int, problems: Problems) -> None:
        self._database = database
        self._stored = stored
        self._column = f"c{index}"
        self._name = table.columns[index]
        self._table = table
        self._problems = problems
        self._codes: list[dict[str, Any]] = []

    def measure(self, index: int, *, ordered: bool) -> dict[str, Any]:
        self._database.run(
            f"CREATE OR REPLACE TEMP TABLE d AS SELECT {self._column} AS v, count(*) AS n FROM {self._stored} "
            f"WHERE {self._column} IS NOT NULL GROUP BY 1"
        )
        distinct, present, integers, numbers, padded, suspects = self._database.one(OVERVIEW)
        if suspects > 0:
            self._codes = remove_missing(self._database, "d")
            if self._codes:
                distinct, present, integers, numbers, padded, _ = self._database.one(OVERVIEW)
        top = self._database.rows(f"SELECT v, n FROM d ORDER BY n DESC, v LIMIT {TOP}")
        profile: dict[str, Any] = {
            "name": self._name,
            "index": index,
            "kind": "empty" if distinct == 0 else "text",
            "missing": int(self._table.rows - present),
            "missingCodes": self._codes,
            "distinct": int(distinct),
            "top": [{"value": shown(value), "count": int(count)} for value, count in top],
            "leadingZeros": False,
            "bigIntegers": False,
            "sorted": "no",
            "numeric": None,
            "time": None,
            "text": None,
            "mediaPaths": None,
        }
        if distinct == 0:
            return profile
        words = {str(value).strip().lower() for value, _ in top} if distinct <= 4 else set()
        if len(words) == 2 and words in BOOLEANS:
            self._as_boolean(profile)
        elif numbers == distinct:
            self._as_number(profile, whole=integers == distinct, padded=padded, ordered=ordered)
        else:
            self._as_words(profile, ordered=ordered)
        return profile

    def _as_boolean(self, profile: dict[str, Any]) -> None:
        profile["kind"] = "boolean"
        true_words = ", ".join(quoted(word) for word in sorted(TRUE_WORDS))
        reading = f"CAST(lower(trim(v)) IN ({true_words}) AS INTEGER)"
        profile["numeric"] = self._numeric(reading)
        profile["sorted"] = self._order(reading)

    def _as_number(self, profile: dict[str, Any], *, whole: bool, padded: int, ordered: bool) -> None:
        profile["kind"] = "integer" if whole else "number"
        numeric = profile["numeric"] = self._numeric("TRY_CAST(trim(v) AS DOUBLE)")
        if ordered:
            profile["sorted"] = self._order("TRY_CAST(trim(v) AS DOUBLE)")
        if not whole or numeric is None:
            return
        profile["leadingZeros"] = padded > 0
        low, high = numeric["minimum"], numeric["maximum"]
        profile["bigIntegers"] = max(abs(low), abs(high)) > MAX_EXACT_INTEGER
        form = dates.epoch_unit(low, high, profile["distinct"]) or dates.compact_format(
            self._database, "d", low, high, profile["distinct"]
        )
        if form is not None and not profile["leadingZeros"]:
            profile["time"] = self._time(form)

    def _as_words(self, profile: dict[str, Any], *, ordered: bool) -> None:
        characters, longest, words, spaces = self._database.one(
            "SELECT sum(length(v) * n) / sum(n), max(length(v)), "
            "sum((length(trim(v)) - length(replace(trim(v), ' ', '')) + 1) * n) / sum(n), "
            "sum(n) FILTER (contains(trim(v), ' ')) / sum(n) FROM d"
        )
        found = dates.find_format(self._database, "d", profile["distinct"]) if longest <= 40 else None
        if found is not None:
            form, clock, ambiguous = found
            profile["kind"] = "datetime" if clock else "date"
            profile["time"] = self._time(form)
            if ordered:
                profile["sorted"] = self._order(dates.seconds_sql(form))
            if ambiguous:
                self._tell(
                    "AMBIGUOUS_DATES", f"Day and month cannot be told apart; read as {form}.", "Check the format."
                )
            return
        profile["text"] = {
            "meanCharacters": float(characters),
            "maxCharacters": int(longest),
            "meanWords": float(words),
            "withSpaces": float(spaces or 0),
        }
        if ordered:
            profile["sorted"] = self._text_order()
        self._tell_odd_numbers(profile["distinct"], int(longest))

    def _tell_odd_numbers(self, distinct: int, longest: int) -> None:
        if longest > 40 or distinct < 2:
            return
        comma, decorated, plain = self._database.one(
            f"SELECT count(*) FILTER ({DECIMAL_COMMA}), count(*) FILTER ({DECORATED}), count(*) FILTER ({NUMBER}) "
            "FROM d"
        )
        if comma == distinct:
            self._tell(
                "DECIMAL_COMMA", "Numbers are written with a decimal comma and read as text.", "Export with a point."
            )
        elif decorated == distinct:
            message = "Numbers carry thousands separators, currency or percent signs and are read as text."
            self._tell("DECORATED_NUMBERS", message, "Export plain numbers.")
        elif plain >= 0.95 * distinct and distinct > 20:
            odd = self._database.rows(f"SELECT v FROM d WHERE NOT {NUMBER} ORDER BY n DESC, v LIMIT 3")
            listed = ", ".join(repr(shown(str(row[0]))) for row in odd)
            self._tell("MIXED_TYPES", f"Nearly all values are numbers, but not {listed}.", "Correct these values.")
        elif plain < distinct and dates.mixed_share(self._database, "d", distinct) >= MIXED_DATES:
            self._tell("MIXED_DATES", "The values are dates in more than one format.", "Export with one date format.")

    def _tell(self, code: str, message: str, remedy: str) -> None:
        self._problems.add(code, self._table.id, f"Column {shown(self._name)!r}: {message}", remedy)

    def _numeric(self, reading: str) -> dict[str, Any] | None:
        arrays = self._database.arrays(f"SELECT {reading} AS x, n FROM d")
        return numeric_profile(np.ma.filled(arrays["x"].astype(float, copy=False), np.nan), arrays["n"])

    def _time(self, form: str) -> dict[str, Any]:
        arrays = self._database.arrays(f"SELECT {dates.seconds_sql(form)} AS x FROM d")
        return dates.time_profile(form, np.ma.filled(arrays["x"].astype(float), np.nan))

    def _present(self, limit: int | None = None) -> str:
        codes = ", ".join(quoted(str(code["value"])) for code in self._codes)
        condition = f"v IS NOT NULL{f' AND v NOT IN ({codes})' if codes else ''}"
        rows = f"SELECT {self._column} AS v FROM {self._stored}{f' LIMIT {limit}' if limit else ''}"
        return f"(SELECT v FROM ({rows}) WHERE {condition})"

    def _probes(self) -> tuple[int | None, ...]:
        """First the beginning, which tells most columns unsorted, then all rows."""
        return (None,) if self._table.rows <= ORDER_PROBE else (ORDER_PROBE, None)

    def _order(self, reading: str) -> str:
        for limit in self._probes():
            arrays = self._database.arrays(f"SELECT {reading} AS x FROM {self._present(limit)}")
            values = np.ma.filled(arrays["x"].astype(float), np.nan)
            found = direction(values)
            constant = len(values) == 0 or np.nanmin(values) == np.nanmax(values)
            if limit is None or (found == "no" and not constant):
                return found
        return "no"

    def _text_order(self) -> str:
        for limit in self._probes():
            up, down, constant = self._database.one(
                "SELECT coalesce(bool_and(v >= p), true), coalesce(bool_and(v <= p), true), "
                f"coalesce(bool_and(v = p), true) FROM (SELECT v, lag(v) OVER () AS p FROM {self._present(limit)}) "
                "WHERE p IS NOT NULL"
            )
            if limit is None:
                return "no" if constant else "ascending" if up else "descending" if down else "no"
            if not up and not down:
                return "no"
        return "no"
