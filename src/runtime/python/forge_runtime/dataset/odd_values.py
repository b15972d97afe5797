# ruff: noqa: S608  tables and columns have generated names here, values are quoted or bound
"""Texts that were meant as numbers or dates, and what to do about them."""

from forge_runtime.dataset.database import Database
from forge_runtime.dataset.dates import mixed_share
from forge_runtime.dataset.shown import shown
from forge_runtime.dataset.sql_patterns import DECIMAL_COMMA, DECORATED, NUMBER

NEARLY_ALL = 0.95  # of more than twenty values are numbers: the others are slips
MIXED_FROM = 20
MIXED_DATES = 0.9


def odd_values(database: Database, values: str, distinct: int) -> list[tuple[str, str, str]]:
    """Code, message and remedy of what is odd about the short texts of `values(v, n)`."""
    comma, decorated, plain = database.one(
        f"SELECT count(*) FILTER ({DECIMAL_COMMA}), count(*) FILTER ({DECORATED}), count(*) FILTER ({NUMBER}) "
        f"FROM {values}"
    )
    if comma == distinct:
        message = "Numbers are written with a decimal comma and read as text."
        return [("DECIMAL_COMMA", message, "Export with a point.")]
    if decorated == distinct:
        message = "Numbers carry thousands separators, currency or percent signs and are read as text."
        return [("DECORATED_NUMBERS", message, "Export plain numbers.")]
    if distinct > MIXED_FROM and plain >= NEARLY_ALL * distinct:
        odd = database.rows(f"SELECT v FROM {values} WHERE NOT {NUMBER} ORDER BY n DESC, v LIMIT 3")
        listed = ", ".join(repr(shown(str(row[0]))) for row in odd)
        return [("MIXED_TYPES", f"Nearly all values are numbers, but not {listed}.", "Correct these values.")]
    if mixed_share(database, values, distinct) >= MIXED_DATES:
        return [("MIXED_DATES", "The values are dates in more than one format.", "Export with one date format.")]
    return []
