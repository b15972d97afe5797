"""Spellings that stand for a missing value: words such as NA, and numbers far outside of the others such as -999."""

from forge_runtime.dataset.database import Database, quoted
from forge_runtime.dataset.sql_patterns import NUMBER

WORDS = ("na", "n/a", "#n/a", "#na", "nan", "-nan", "null", "(null)", "<na>", "nat", "?", "-", "--", ".", "missing")
# Between words these may be an answer ("None" of the above); between numbers and dates they are not.
DOUBTFUL_WORDS = ("none", "unknown", "unk", "x", "*", "not available", "#value!", "#div/0!", "inf", "-inf")
SENTINELS = (
    -99.0,
    -999.0,
    -9999.0,
    -99999.0,
    -999999.0,
    -200.0,
    999.0,
    9999.0,
    99999.0,
    999999.0,
    -888.0,
    -8888.0,
    -777.0,
)
# A sentinel repeats and lies further out than the whole range of the other values is wide.
SENTINEL_REPEATS = 2
# Of the distinct values that are no doubtful word, this many must be numbers for the words to be missing codes.
NUMBER_SHARE = 0.9
# `NA` among two-letter codes is Namibia.
CODE_ALPHABET = 20


def remove_missing(database: Database, values: str) -> list[dict[str, object]]:
    """Deletes missing codes from a table `values(v, n)` of distinct texts; returns the codes with their counts."""
    words = list(WORDS)
    codes = "SELECT count(*), count(*) FILTER (regexp_full_match(v, '[A-Z]{2}'))"
    distinct, two_letters = database.one(f"{codes} FROM {values} WHERE v <> 'NA'")
    if distinct >= CODE_ALPHABET and two_letters == distinct:
        words.remove("na")
    found = _matching(database, values, words)
    doubtful = _matching(database, values, DOUBTFUL_WORDS)
    if doubtful:
        excluded = ", ".join(quoted(value) for value, _ in [*found, *doubtful])
        total, numbers = database.one(
            f"SELECT count(*), count(*) FILTER ({NUMBER} OR regexp_matches(v, '^[0-9]+[-/.][0-9]+[-/.][0-9]+')) "
            f"FROM {values} WHERE v NOT IN ({excluded})"
        )
        if total > 0 and numbers >= NUMBER_SHARE * total:
            found += doubtful
    found += _sentinels(database, values, [value for value, _ in found])
    total = database.one(f"SELECT count(*) FROM {values}")[0]
    if len(found) == total and total > 0 and not any(value.lower() in WORDS for value, _ in found):
        return []
    for value, _ in found:
        database.run(f"DELETE FROM {values} WHERE v = ?", [value])
    return [
        {"value": value, "count": int(count)} for value, count in sorted(found, key=lambda item: (-item[1], item[0]))
    ]


def _matching(database: Database, values: str, words: "tuple[str, ...] | list[str]") -> list[tuple[str, int]]:
    listed = ", ".join(quoted(word) for word in words)
    return [
        (str(v), int(n))
        for v, n in database.rows(f"SELECT v, n FROM {values} WHERE lower(trim(v)) IN ({listed}) OR trim(v) = ''")
        if str(v).strip() or words[0] == WORDS[0]
    ]


def _sentinels(database: Database, values: str, codes: list[str]) -> list[tuple[str, int]]:
    listed = ", ".join(str(sentinel) for sentinel in SENTINELS)
    candidates = database.rows(
        f"SELECT v, n, TRY_CAST(v AS DOUBLE) FROM {values} WHERE length(v) <= 12 AND {NUMBER} "
        f"AND TRY_CAST(v AS DOUBLE) IN ({listed})"
    )
    if not candidates:
        return []
    left_out = ", ".join(quoted(text) for text in [*codes, ""])
    sentinels: list[tuple[str, int]] = []
    for text, count, number in sorted(candidates, key=lambda item: -abs(item[2])):
        ignored = ", ".join([left_out, *(quoted(found) for found, _ in sentinels), quoted(text)])
        others, numbers, low, high = database.one(
            f"SELECT count(*), count(*) FILTER ({NUMBER}), min(TRY_CAST(v AS DOUBLE)), max(TRY_CAST(v AS DOUBLE)) "
            f"FROM {values} WHERE v NOT IN ({ignored})"
        )
        if others < 2 or numbers < others or count < SENTINEL_REPEATS:
            continue
        gap = low - number if number < low else number - high
        if gap > max(high - low, abs(number) / 2):
            sentinels.append((str(text), int(count)))
    return sentinels
