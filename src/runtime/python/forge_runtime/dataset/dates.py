# ruff: noqa: S608  tables and columns have generated names here, values are quoted or bound
"""Dates and times written as text, and integers that count from 1970."""

import datetime
from typing import Any

import numpy as np

from forge_runtime.dataset.database import Database, quoted

ISO_DATE = "regexp_full_match(v, '[0-9]{4}-[0-9]{2}-[0-9]{2}')"
ISO_DATETIME = (
    "regexp_full_match(v, '[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?"
    "\\s?(Z|UTC|[+-][0-9]{2}:?([0-9]{2})?)?')"
)
DAY_FORMATS = (
    "%Y/%m/%d", "%Y.%m.%d", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y",
    "%d %b %Y", "%d-%b-%Y", "%d-%b-%y",
    "%b %d, %Y", "%B %d, %Y", "%d %B %Y", "%m/%d/%y", "%d/%m/%y", "%d.%m.%y", "%Y-%m", "%b %Y", "%b-%y",
)  # fmt: skip
CLOCKS = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%H:%M:%S.%f")
COMPACT_FORMATS = ("%Y%m%d", "%Y%m%d%H%M%S", "%Y%m%d%H%M")
YEAR_LAST_FORMATS = ("%m%d%Y", "%d%m%Y")
FIRST_YEAR, LAST_YEAR = 1700, 2200
SECONDS_1990, SECONDS_2100 = 631_152_000, 4_102_444_800
TRIED = 40  # values that a format must fit before the whole column is asked
MIN_EPOCH_VALUES = 3
STEP_TOLERANCE = 0.1  # months, quarters and years differ by less among themselves


def find_format(database: Database, values: str, distinct: int) -> tuple[str, bool, bool] | None:
    """The format that fits every text of `values(v, n)`: format, whether it has a clock, whether another fits too."""
    if distinct == 0:
        return None
    iso, clocks = database.one(f"SELECT count(*) FILTER ({ISO_DATE}), count(*) FILTER ({ISO_DATETIME}) FROM {values}")
    if iso + clocks == distinct and _unparsed(database, values, "iso") == 0:
        return "iso", clocks > 0, False
    tried = [str(row[0]) for row in database.rows(f"SELECT v FROM {values} ORDER BY hash(v), v LIMIT {TRIED}")]
    formats = [form for form in _formats(tried[0]) if all(_fits(text, form) for text in tried)]
    fitting = [form for form in formats if _unparsed(database, values, form) == 0]
    if not fitting:
        return None
    return fitting[0], "%H" in fitting[0] or "%I" in fitting[0], len(fitting) > 1


def mixed_share(database: Database, values: str, distinct: int) -> float:
    """Share of the texts that some date format fits; near 1 without a common format tells mixed formats."""
    tried = [str(row[0]) for row in database.rows(f"SELECT v FROM {values} ORDER BY hash(v), v LIMIT {TRIED}")]
    fitting = sum(any(_fits(text, form) for form in _formats(text)) or _fits(text, "%Y-%m-%d") for text in tried)
    return fitting / len(tried) if distinct else 0.0


def epoch_unit(minimum: float, maximum: float, distinct: int) -> str | None:
    """`epoch-s` or `epoch-ms` when integers read as times between 1990 and 2100; both ends are long numbers."""
    if distinct < MIN_EPOCH_VALUES:
        return None
    if minimum >= SECONDS_1990 and maximum <= SECONDS_2100:
        return "epoch-s"
    if minimum >= SECONDS_1990 * 1000 and maximum <= SECONDS_2100 * 1000:
        return "epoch-ms"
    return None


def compact_format(database: Database, values: str, minimum: float, maximum: float, distinct: int) -> str | None:
    """`%Y%m%d` and the like, for integers that are written dates."""
    if distinct < MIN_EPOCH_VALUES or minimum < 1_000_000 or maximum > LAST_YEAR * 10_000_000_000:
        return None
    for form, digits in zip(COMPACT_FORMATS, (8, 14, 12), strict=True):
        long = database.one(f"SELECT count(*) FROM {values} WHERE length(v) <> {digits}")[0] == 0
        plausible = int(str(int(minimum))[:4]) >= 1900 and int(str(int(maximum))[:4]) <= 2100
        if long and plausible and _unparsed(database, values, form) == 0:
            return form
    return _year_last(database, values)


def _year_last(database: Database, values: str) -> str | None:
    """`%m%d%Y` or `%d%m%Y` where all values are eight digits that end in a year, and only one of the two fits."""
    year = "substr(v, 5, 4) BETWEEN '1900' AND '2100'"
    if database.one(f"SELECT count(*) FROM {values} WHERE length(v) <> 8 OR NOT ({year})")[0] > 0:
        return None
    fitting = [form for form in YEAR_LAST_FORMATS if _unparsed(database, values, form) == 0]
    return fitting[0] if len(fitting) == 1 else None


def seconds_sql(form: str, cell: str = "v") -> str:
    """SQL for the seconds since 1970 of a text; NULL when the format does not fit."""
    if form == "epoch-s":
        return f"TRY_CAST({cell} AS DOUBLE)"
    if form == "epoch-ms":
        return f"TRY_CAST({cell} AS DOUBLE) / 1000"
    if form == "iso":
        return f"epoch(TRY_CAST(replace(replace({cell}, ',', '.'), 'UTC', 'Z') AS TIMESTAMP))"
    return f"epoch(TRY_STRPTIME({cell}, {quoted(form)}))"


def time_profile(form: str, seconds: "np.ndarray[Any, Any]") -> dict[str, Any]:
    """Range and step of distinct times, given as seconds."""
    times = np.unique(seconds)
    steps = np.diff(times)
    median = float(np.median(steps)) if len(steps) else None
    return {
        "format": form,
        "minimum": _iso(float(times[0])),
        "maximum": _iso(float(times[-1])),
        "distinct": len(times),
        "medianStepSeconds": median,
        "regularSteps": 0.0 if median is None else float(np.mean(np.abs(steps - median) <= STEP_TOLERANCE * median)),
    }


def _unparsed(database: Database, values: str, form: str) -> int:
    seconds = seconds_sql(form)
    low, high = ((year - 1970) * 31_556_952 for year in (FIRST_YEAR, LAST_YEAR))
    found = database.one(
        f"SELECT count(*) FROM {values} WHERE {seconds} IS NULL OR {seconds} NOT BETWEEN {low} AND {high}"
    )
    return int(found[0])


def _formats(text: str) -> list[str]:
    if ":" not in text:
        return list(DAY_FORMATS)
    days = [*DAY_FORMATS, "%Y-%m-%d"]
    return [f"{day}{gap}{clock}" for day in days for gap in (" ", "T", ", ") for clock in CLOCKS]


def _fits(text: str, form: str) -> bool:
    try:
        datetime.datetime.strptime(text, form)
    except ValueError:
        return False
    return True


def _iso(seconds: float) -> str:
    moment = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(seconds=seconds)
    if seconds % 86_400 == 0:
        return moment.date().isoformat()
    return moment.replace(tzinfo=None).isoformat(timespec="seconds" if seconds % 1 == 0 else "milliseconds")
