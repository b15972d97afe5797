"""Personal data in public tables, by pattern: counts and masked examples, never the values themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import Any

import pandas as pd

Json = dict[str, Any]

MOST_ROWS = 20_000
OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
PATTERNS = {
    "e-mail addresses": re.compile(
        r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,}"
    ),
    "telephone numbers": re.compile(
        r"(?<![\w.])(?:\+\d{1,3}(?:[ .-]?\d){8,12}|\(\d{3}\) ?\d{3}[ .-]\d{4}|\d{3}[.-]\d{3}[.-]\d{4})(?![\w-])"
    ),
    "IP addresses": re.compile(rf"(?<![\w.-]){OCTET}(?:\.{OCTET}){{3}}(?![\w.-])"),
    "card numbers": re.compile(r"(?<![\w.-])[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{2,4}(?![\w.-])"),
}
NATIONAL_PHONE = re.compile(r"(?<![\w.+-])0\d{9,10}(?![\w.-])")
"""Digits alone are a telephone number only within a sentence; in a column of their own they are codes."""
PREFILTER = {
    "e-mail addresses": "@",
    "IP addresses": r"\d\.\d",
    "card numbers": r"\d{4}",
    "telephone numbers": r"\d{3}",
}
NAME_WORDS = {"surname", "firstname", "lastname", "fullname", "forename", "first name", "last name", "full name"}
NAME_OF = {"patient name", "customer name", "person name", "employee name", "student name", "contact name", "user name"}
ADDRESS_WORDS = {"address", "street", "street address", "home address", "postal address", "mailing address"}
ENOUGH_NAMES = 20


def personal(tables: Mapping[str, pd.DataFrame], left_out: Set[str]) -> list[Json]:
    """One entry per column and kind, with the cells that match and one example whose letters and digits are masked."""
    found = []
    for name in dict.fromkeys(name for table in tables.values() for name in table.columns):
        if name in left_out:
            continue
        for kind, part, hits in _column(str(name), tables):
            found.append(
                {
                    "column": str(name),
                    "part": part,
                    "kind": kind,
                    "count": len(hits),
                    "distinct": int(hits.nunique()),
                    "example": mask(str(hits.iloc[0])),
                    "line": int(hits.index[0]) + 2,
                }
            )
    return found


def _column(name: str, tables: Mapping[str, pd.DataFrame]) -> list[tuple[str, str, pd.Series[str]]]:
    """The matches of each kind in the part that has most of them, one per cell."""
    best: dict[str, tuple[str, str, pd.Series[str]]] = {}
    for part, table in tables.items():
        if name not in table:
            continue
        cells = table[name].head(MOST_ROWS).dropna()
        cells = cells[~cells.str.fullmatch(r"[+-]?\d*\.?\d*(?:[eE][+-]?\d+)?")]
        for kind, hits in _matches(name, cells).items():
            if len(hits) and (kind not in best or len(hits) > len(best[kind][2])):
                best[kind] = (kind, part, hits)
    return list(best.values())


def _matches(name: str, cells: pd.Series[str]) -> dict[str, pd.Series[str]]:
    found = {}
    for kind, pattern in PATTERNS.items():
        likely = cells[cells.str.contains(PREFILTER[kind])]
        hits = likely.map(lambda cell, pattern=pattern: _first(pattern, cell)).dropna()
        if kind == "card numbers":
            valid = hits[hits.map(luhn)]
            # One in ten numbers passes by chance: only columns where most do hold cards.
            hits = valid if 2 * len(valid) > len(hits) else valid.head(0)
        if kind == "telephone numbers":
            spoken = likely[likely.str.contains(r"[A-Za-z]+ .*[A-Za-z]+")]
            hits = pd.concat([hits, spoken.map(lambda cell: _first(NATIONAL_PHONE, cell)).dropna()])
            hits = hits[~hits.index.duplicated()].sort_index()
        found[kind] = hits
    words = " ".join(re.sub(r"([a-z])([A-Z])", r"\1 \2", name).replace("_", " ").replace("-", " ").lower().split())
    if words in NAME_WORDS | NAME_OF:
        people = cells[cells.str.fullmatch(r"[^\W\d_][^\d_]{1,60}")]
        found["names of people"] = people if people.nunique() >= ENOUGH_NAMES else people.head(0)
    if words in ADDRESS_WORDS:
        places = cells[cells.str.contains(r"\d") & cells.str.contains(r"[^\W\d_]{3}")]
        found["postal addresses"] = places if places.nunique() >= ENOUGH_NAMES else places.head(0)
    return found


def _first(pattern: re.Pattern[str], cell: str) -> str | None:
    match = pattern.search(cell[:2000])
    return match.group() if match else None


def luhn(number: str) -> bool:
    """Check digit of payment cards (ISO/IEC 7812-1)."""
    digits = [int(digit) for digit in number if digit.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) if place % 2 else digit for place, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0 and len(set(digits)) > 1


def mask(value: str) -> str:
    """The shape of a value: first character kept, other letters and digits hidden."""
    return value[:1] + re.sub(r"[^\W_]", "*", value[1:60])
