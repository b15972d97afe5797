"""Which notation of dates and times a column of text uses."""

import re
from datetime import UTC, datetime

ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?")
FORMATS = [
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d-%b-%Y",
    "%d %b %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%m/%d/%y",
    "%d/%m/%y",
    "%Y-%m",
    "%Y%m%d",
]
CLOCKS = ["", " %H:%M", " %H:%M:%S", "T%H:%M:%S"]
EPOCH_S = (315_532_800, 4_102_444_800)
"""1980 to 2100 in seconds: earlier numbers are too easily counts or amounts."""


def _fits(value: str, notation: str) -> bool:
    try:
        year = datetime.strptime(value, notation).replace(tzinfo=UTC).year
    except ValueError:
        return False
    return 1700 <= year <= 2150


def notation_of(values: list[str], name: str) -> str | None:
    """`iso`, a strptime format, or None, for a sample of different values."""
    if not values:
        return None
    if all(ISO.fullmatch(value) for value in values):
        return "iso"
    if len(values) < 3 or max(map(len, values)) > 30:
        return None
    for date in FORMATS:
        if date == "%Y%m%d" and not all(re.fullmatch(r"(19|20)\d{6}", value) for value in values):
            continue
        for clock in CLOCKS:
            if all(_fits(value, date + clock) for value in values):
                return date + clock
    if re.search(r"year|jahr|ann[eé]e|a[nñ]o|\byr\b", name, re.IGNORECASE) and all(
        re.fullmatch(r"(17|18|19|20)\d\d", value) for value in values
    ):
        return "%Y"
    return None


def epoch_of(minimum: float, maximum: float, digits: int) -> str | None:
    """`epoch-s` or `epoch-ms` when whole numbers read as times of 1980 to 2100; they have 9 or more digits."""
    if digits < 9:
        return None
    for notation, factor in (("epoch-s", 1), ("epoch-ms", 1000)):
        if EPOCH_S[0] * factor <= minimum and maximum <= EPOCH_S[1] * factor:
            return notation
    return None
