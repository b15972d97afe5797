"""Cheating solvers that bend the form: submissions that a grader must refuse, or survive, and gain nothing from."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from forge_runtime.execute.cheat_desk import NUMBERS, Desk, Entry

# Sizes that a reader still takes in, and that stop a grader which copies or searches per row.
LARGE_CELL = 10_000_000
LARGE_ROWS = 50_000
MANY_COLUMNS = 100
MANY_ROWS = 60
NESTING = 100_000

ODD_IDS = {
    "formula": "=1+1",
    "formula call": '=HYPERLINK("http://example.invalid","x")',
    "at sign": "@SUM(1)",
    "path upwards": "../../private/test_answer.csv",
    "absolute path": "/etc/passwd",
    "bell": "7\x07",
    "terminal escape": "\x1b[2J\x1b]0;x\x07",
    "line break": "7\n8",
    "right-to-left": "\u202e7",
    "zero width": "7\u200b",
    "lone surrogate": "7\ud800",
    "long id": "7" * 10_000,
    "quotes": '""",""',
}
MISSING = ("", "nan", "NaN", "inf", "-inf", "Infinity", "1e999", "NULL")
ODD_NUMBERS = (
    "1e309", "-1e309", "1e-400", "0x10", "1_000", " 1", "1 ", "\uff11", "1,5", "1.5.1", "--1", "+1", "1e", "True",
    "\u221e", "1" * 400, "0b1", "1j", "1/2", "\u0661", "=1", "\x001", "None", "[1]",
)  # fmt: skip


def bent(desk: Desk) -> Iterator[Entry]:
    """The sample submission as it is, and what a grader must refuse however many rows there are."""
    yield from _duplicates(desk)
    yield from _missing(desk)
    yield from _odd_ids(desk)
    yield from _odd_values(desk)


def _duplicates(desk: Desk) -> Iterator[Entry]:
    base = desk.sample[[desk.key, *desk.names]]
    half = len(base) // 2
    yield desk.entry("plain", "plain", "the sample submission as it is", base)
    for part, rows in (("first half", base.iloc[:half]), ("second half", base.iloc[half:])):
        frame = pd.concat([base, rows, rows, rows], ignore_index=True)
        told = f"the sample submission with the rows of its {part} four times"
        yield desk.entry(f"repeated {part}", "duplicate", told, frame)
    same = base.assign(**{desk.key: base[desk.key].iloc[0]})
    yield desk.entry("one id", "duplicate", "every row has the id of the first row", same)


def _missing(desk: Desk) -> Iterator[Entry]:
    for word in MISSING if desk.numeric else ("",):
        told = f"every prediction is {word!r}" if word else "every prediction is empty"
        yield desk.entry(f"all {word or 'empty'}", "missing", told, desk.constant(word))
    most = desk.sample[[desk.key, *desk.names]].copy()
    most.loc[most.index[1:], desk.names] = ""
    yield desk.entry("one row only", "missing", "every prediction but the first is empty", most)


def _odd_ids(desk: Desk) -> Iterator[Entry]:
    for name, value in ODD_IDS.items():
        yield Entry(name, "odd id", f"the first id is {value[:60]!r}", desk.first_row(desk.key, value))


def _odd_values(desk: Desk) -> Iterator[Entry]:
    kind, name = desk.columns[0].get("dtype"), desk.names[0]
    label = str(desk.sample[name].iloc[0])
    labels = (f" {label}", f"{label}\u200b", label.upper(), label * 1000, "\u0065\u0301", "'; DROP TABLE", "\x00", "{}")
    for value in ODD_NUMBERS if kind in NUMBERS else labels:
        told = f"the first prediction is {value[:60]!r}"
        yield Entry(f"value {value[:20]}", "odd value", told, desk.first_row(name, value))


def large(desk: Desk) -> Iterator[Entry]:
    """What a grader must survive."""
    name = desk.names[0]
    yield Entry(
        "large cell",
        "large",
        f"the first prediction has {LARGE_CELL:,} digits",
        desk.first_row(name, "9" * LARGE_CELL),
    )
    wide_id = desk.first_row(desk.key, "\U0001f600" * (LARGE_CELL // 4))
    yield Entry("large id", "large", "the first id has ten million bytes of characters beyond 16 bits", wide_id)
    told = f"the first prediction is {NESTING:,} open brackets"
    yield Entry("deep nesting", "large", told, desk.first_row(name, "[" * NESTING))
    base = desk.sample[[desk.key, *desk.names]].astype(object)
    times = max(2, min(40, LARGE_ROWS // max(len(base), 1)))
    many = pd.concat([base] * times, ignore_index=True)
    many.loc[len(base) :, desk.key] = [f"x{row}" for row in range(len(many) - len(base))]
    yield desk.entry("many rows", "large", f"{len(many):,} rows, most with unknown ids", many)
    surplus = pd.DataFrame("", index=base.index, columns=[f"c{number}" for number in range(MANY_COLUMNS)])
    wide = pd.concat([base, surplus], axis=1).head(MANY_ROWS)
    yield desk.entry("many columns", "large", f"{MANY_COLUMNS:,} columns more than there should be", wide)
