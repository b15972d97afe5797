# ruff: noqa: S608  tables and columns have generated names here, values are quoted or bound
"""Spellings that stand for a missing value: words such as NA, and numbers far outside of the others such as -999."""

import math

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
LONGEST_CODE = 16  # characters of the longest word or sentinel
NUMBER_SHARE = 0.9
# `NA` among two-letter codes is Namibia.
CODE_ALPHABET = 20


def _condition() -> str:
    words = ", ".join(quoted(word) for word in (*WORDS, *DOUBTFUL_WORDS, ""))
    numbers = ", ".join(str(sentinel) for sentinel in SENTINELS)
    sentinel = f"CASE WHEN n >= {SENTINEL_REPEATS} THEN TRY_CAST(v AS DOUBLE) ELSE NULL END IN ({numbers})"
    # Cases, unlike conjunctions, are not evaluated for values that an earlier one has settled: most of them.
    return (
        f"CASE WHEN length(v) > {LONGEST_CODE} THEN false WHEN v >= '0' AND v < ':' THEN {sentinel} "
        f"ELSE lower(trim(v)) IN ({words}) OR {sentinel} END"
    )


# Condition on a text `v`; where no value meets it, there is nothing to remove.
MAY_BE_CODE = _condition()


def missing_codes(database: Database, values: str) -> list[dict[str, object]]:
    """Missing codes among the distinct texts of a table `values(v, n)`, with their counts."""
    candidates = [
        (str(text), int(count), number)
        for text, count, number in database.rows(
            f"SELECT v, n, TRY_CAST(v AS DOUBLE) FROM {values} WHERE {MAY_BE_CODE}"
        )
    ]
    found = [(text, count) for text, count, _ in candidates if not text.strip()]
    found += _words(database, values, [(text, count) for text, count, number in candidates if _is_word(text, number)])
    sentinels = [
        (text, count, number)
        for text, count, number in candidates
        if number is not None and math.isfinite(number) and count >= SENTINEL_REPEATS
    ]
    found += _sentinels(database, values, sentinels, [text for text, _ in found])
    return [{"value": value, "count": count} for value, count in sorted(found, key=lambda item: (-item[1], item[0]))]


def _is_word(text: str, number: float | None) -> bool:
    return bool(text.strip()) and (number is None or not math.isfinite(number))


def _words(database: Database, values: str, matches: list[tuple[str, int]]) -> list[tuple[str, int]]:
    if not matches:
        return []
    excluded = ", ".join(quoted(value) for value, _ in matches)
    others, numbers, codes = database.one(
        f"SELECT count(*), count(*) FILTER ({NUMBER} OR regexp_matches(v, '^[0-9]+[-/.][0-9]+[-/.][0-9]+')), "
        f"count(*) FILTER (regexp_full_match(v, '[A-Z]{{2}}')) FROM {values} WHERE v NOT IN ({excluded})"
    )
    country_codes = others >= CODE_ALPHABET and codes == others
    mostly_numbers = others > 0 and numbers >= NUMBER_SHARE * others
    return [
        (value, count)
        for value, count in matches
        if (value.strip().lower() in WORDS or mostly_numbers) and not (country_codes and value == "NA")
    ]


def _sentinels(
    database: Database, values: str, candidates: list[tuple[str, int, float]], codes: list[str]
) -> list[tuple[str, int]]:
    sentinels: list[tuple[str, int]] = []
    for text, count, number in sorted(candidates, key=lambda item: -abs(item[2])):
        ignored = ", ".join(quoted(one) for one in [*codes, *(found for found, _ in sentinels), text])
        others, numbers, low, high = database.one(
            f"SELECT count(*), count(*) FILTER ({NUMBER}), min(TRY_CAST(v AS DOUBLE)), max(TRY_CAST(v AS DOUBLE)) "
            f"FROM {values} WHERE v NOT IN ({ignored})"
        )
        if others < 2 or numbers < others:
            continue
        gap = low - number if number < low else number - high
        if gap > max(high - low, abs(number) / 2):
            sentinels.append((text, count))
    return sentinels
