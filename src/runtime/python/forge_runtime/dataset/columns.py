"""Measures one column of a stored table: kind, missing codes, distinct values, numbers, times, text."""

import re
from typing import Any

from forge_runtime.dataset import times
from forge_runtime.dataset.store import Store

TOP = 50
NUMBER = r"[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?"
INTEGER = r"[+-]?[0-9]+"
CODES = {"na", "n/a", "#n/a", "nan", "null", "?", "-", "--", ".", "missing"}
"""Spellings that nobody uses for a value. `none` and `unknown` are answers in some columns, so they stay."""
SENTINELS = {"-999", "-9999", "-99999", "-99", "999", "9999", "99999", "-999.0", "-9999.0", "-1"}
TRUTHS = [{"true", "false"}, {"yes", "no"}, {"t", "f"}, {"y", "n"}]
SORT_ROWS = 1_000_000
MAX_EXACT = 2**53

Column = dict[str, Any]


def measure(store: Store, table: int, index: int, name: str) -> Column:
    """The column profile of src/dataset/profile.ts, without media paths."""
    value = f"c{index}"
    top = [
        (text, count)
        for text, count in store.all(
            f"SELECT {value}, count(*) AS n FROM t{table} WHERE {value} IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1 LIMIT {TOP + 20}"
        )
    ]
    empty = store.one(f"SELECT count(*) FROM t{table} WHERE {value} IS NULL")[0]
    codes = missing_codes(store, table, value, top)
    present = f"{value} IS NOT NULL" + "".join(
        f" AND {value} <> '{code.replace(chr(39), chr(39) * 2)}'" for code, _ in codes
    )
    kind, facts = _kind(store, table, value, present)
    sentinels = _sentinels(store, table, value, present, kind, top)
    if sentinels:
        codes = [*codes, *sentinels]
        present += "".join(f" AND {value} <> '{code}'" for code, _ in sentinels)
        kind, facts = _kind(store, table, value, present)
    missing = empty + sum(count for _, count in codes)
    kept = [{"value": text, "count": count} for text, count in top if text not in dict(codes)][:TOP]
    column: Column = {
        "name": name,
        "index": index,
        "kind": kind,
        "missing": missing,
        "missingCodes": [{"value": code, "count": count} for code, count in codes],
        "distinct": facts["distinct"],
        "top": kept,
        "leadingZeros": kind == "integer" and facts["zeros"] > 0,
        "bigIntegers": kind == "integer" and facts["biggest"] is not None and abs(facts["biggest"]) > MAX_EXACT,
        "sorted": "no",
        "numeric": None,
        "time": None,
        "text": None,
        "mediaPaths": None,
    }
    if facts["distinct"] == 0:
        return column
    sample = [
        text
        for (text,) in store.all(
            f"SELECT DISTINCT {value} FROM (SELECT {value} FROM t{table} WHERE {present} LIMIT 5000) ORDER BY 1 LIMIT 500"
        )
    ]
    notation = _notation(store, table, value, present, kind, name, sample, facts)
    if notation is not None:
        column["time"] = _time(store, table, value, present, notation)
        if column["time"] is not None and kind == "text":
            column["kind"] = "datetime" if _has_clock(notation, sample) else "date"
    if kind in {"integer", "number"}:
        column["numeric"] = _numeric(store, table, f"TRY_CAST({value} AS DOUBLE)", present)
    elif kind == "boolean":
        truths = "('true', 'yes', 't', 'y')"
        column["numeric"] = _numeric(store, table, f"CAST(lower({value}) IN {truths} AS DOUBLE)", present)
    elif column["time"] is None:
        column["text"] = _text(store, table, value, present)
    column["sorted"] = _sorted(store, table, value, present, kind)
    return column


def missing_codes(store: Store, table: int, value: str, top: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Spellings of a missing value. Two-letter codes (countries, states) keep their NA."""
    listed = ", ".join(f"'{code}'" for code in sorted(CODES))
    query = f"SELECT {value}, count(*) FROM t{table} WHERE lower(trim({value})) IN ({listed}, '') GROUP BY 1 ORDER BY 1"
    found = [(text, count) for text, count in store.all(query)]
    others = [text for text, _ in top if text.strip().lower() not in CODES]
    codes = len(others) > 20 and all(re.fullmatch(r"[A-Z]{2}", text) for text in others)
    return [] if codes else found


def _kind(store: Store, table: int, value: str, present: str) -> tuple[str, dict[str, Any]]:
    row = store.one(
        f"SELECT count(*), count(DISTINCT {value}), count(*) FILTER (regexp_full_match(trim({value}), ?)), count(*) FILTER (regexp_full_match(trim({value}), ?)), "
        f"count(*) FILTER (regexp_full_match({value}, '0[0-9]+')), max(TRY_CAST({value} AS HUGEINT)), max(length({value})) FROM t{table} WHERE {present}",
        [INTEGER, NUMBER],
    )
    count, distinct, integers, numbers, zeros, biggest, longest = row
    facts = {"distinct": distinct, "zeros": zeros, "biggest": biggest, "longest": longest or 0}
    if count == 0:
        return "empty", facts
    if integers == count:
        return "integer", facts
    if numbers == count:
        return "number", facts
    if distinct <= 2:
        values = {
            text.strip().lower() for (text,) in store.all(f"SELECT DISTINCT {value} FROM t{table} WHERE {present}")
        }
        if any(values <= truths for truths in TRUTHS):
            return "boolean", facts
    return "text", facts


def _sentinels(
    store: Store, table: int, value: str, present: str, kind: str, top: list[tuple[str, int]]
) -> list[tuple[str, int]]:
    """Numbers such as -999 that stand far outside all the others and recur."""
    if kind not in {"integer", "number"}:
        return []
    found = []
    for text, count in top:
        if text not in SENTINELS or count < 2:
            continue
        low, high = store.one(
            f"SELECT min(TRY_CAST({value} AS DOUBLE)), max(TRY_CAST({value} AS DOUBLE)) FROM t{table} WHERE {present} AND {value} <> ?",
            [text],
        )
        if low is None:
            continue
        number, reach = float(text), max(abs(low), abs(high), 1e-9)
        if abs(number) > 3 * reach and (number < 0 <= low or number > 0):
            found.append((text, count))
    return found


def _numeric(store: Store, table: int, number: str, present: str) -> dict[str, Any]:
    row = store.one(
        f"SELECT min(x), max(x), avg(x), stddev_pop(x), skewness(x), quantile_cont(x, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]), "
        f"count(*) FILTER (x = 0), count(*) FILTER (x < 0) FROM (SELECT {number} AS x FROM t{table} WHERE {present}) WHERE isfinite(x)"
    )
    low, high, mean, sd, skew, quantiles, zeros, negatives = row
    at_low, at_high = store.one(
        f"SELECT count(*) FILTER (x = ?), count(*) FILTER (x = ?) FROM (SELECT {number} AS x FROM t{table} WHERE {present})",
        [low, high],
    )
    return {
        "minimum": low,
        "maximum": high,
        "mean": mean,
        "sd": sd or 0.0,
        "skewness": skew if skew is not None and skew == skew else 0.0,  # noqa: PLR0124 - NaN for constants
        "quantiles": list(quantiles),
        "zeros": zeros,
        "negatives": negatives,
        "atMinimum": at_low,
        "atMaximum": at_high,
    }


def _notation(
    store: Store, table: int, value: str, present: str, kind: str, name: str, sample: list[str], facts: dict[str, Any]
) -> str | None:
    if kind == "integer":
        low, high = store.one(
            f"SELECT min(TRY_CAST({value} AS DOUBLE)), max(TRY_CAST({value} AS DOUBLE)) FROM t{table} WHERE {present}"
        )
        return times.epoch_of(low, high, facts["longest"]) or times.notation_of(sample, name)
    return times.notation_of(sample, name) if kind == "text" else None


def _time(store: Store, table: int, value: str, present: str, notation: str) -> dict[str, Any] | None:
    """Range and step of a time column; None when some values do not follow the notation after all."""
    moment = {
        "iso": f"TRY_CAST(replace({value}, 'Z', '') AS TIMESTAMP)",
        "epoch-s": f"make_timestamp(TRY_CAST({value} AS BIGINT) * 1000000)",
        "epoch-ms": f"make_timestamp(TRY_CAST({value} AS BIGINT) * 1000)",
    }.get(notation, f"try_strptime({value}, '{notation}')")
    low, high, distinct, failed = store.one(
        f"SELECT min(m), max(m), count(DISTINCT m), count(*) FILTER (m IS NULL) FROM (SELECT {moment} AS m FROM t{table} WHERE {present})"
    )
    if failed > 0 or low is None:
        return None
    step = None
    if distinct > 1:
        step = store.one(
            f"SELECT median(epoch(m) - epoch(p)) FROM (SELECT m, lag(m) OVER (ORDER BY m) AS p FROM (SELECT DISTINCT {moment} AS m FROM t{table} WHERE {present}))"
        )[0]
    return {
        "format": notation,
        "minimum": low.isoformat(),
        "maximum": high.isoformat(),
        "distinct": distinct,
        "medianStepSeconds": step,
    }


def _has_clock(notation: str, sample: list[str]) -> bool:
    return any(":" in value for value in sample) if notation == "iso" else "%H" in notation


def _text(store: Store, table: int, value: str, present: str) -> dict[str, Any]:
    row = store.one(
        f"SELECT avg(length({value})), max(length({value})), avg(length(trim({value})) - length(replace(trim({value}), ' ', '')) + 1), "
        f"avg(CASE WHEN trim({value}) LIKE '% %' THEN 1.0 ELSE 0.0 END) FROM t{table} WHERE {present}"
    )
    return {"meanCharacters": row[0], "maxCharacters": row[1], "meanWords": row[2], "withSpaces": row[3]}


def _sorted(store: Store, table: int, value: str, present: str, kind: str) -> str:
    reading = f"TRY_CAST({value} AS DOUBLE)" if kind in {"integer", "number"} else value
    up, down = store.one(
        f"SELECT count(*) FILTER (v > p), count(*) FILTER (v < p) FROM (SELECT v, lag(v) OVER (ORDER BY r) AS p FROM "
        f"(SELECT {reading} AS v, rowid AS r FROM t{table} WHERE {present} AND rowid < {SORT_ROWS}))"
    )
    if up > 0 and down == 0:
        return "ascending"
    return "descending" if down > 0 and up == 0 else "no"
