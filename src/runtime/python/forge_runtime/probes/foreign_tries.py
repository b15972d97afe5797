"""Submissions for a foreign grader: rearranged, faulty and idle ones, each with what it must be compared with.

A faulty submission that is scored matters when it pays: so rows that are wrong are the ones left out, and rows that are
right the ones repeated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.probes.foreign_frames import NUMERIC, Setting

WRONG_SHARE = 0.5
MAX_CLASSES = 12
UNKNOWN_NUMBER = 987654321


@dataclass(frozen=True)
class ForeignTry:
    name: str
    group: str
    change: str
    frame: pd.DataFrame


@dataclass(frozen=True)
class Base:
    """A half-wrong submission, one row of it that is right and one that is wrong, and all that are wrong."""

    frame: pd.DataFrame
    right: int
    wrong: int
    all_wrong: list[int]


def base(setting: Setting, seed: int) -> Base | None:
    """None when no row can be told right or wrong, as all answers are equal."""
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(setting.perfect))[: round(WRONG_SHARE * len(setting.perfect))]
    frame = setting.perfect.copy()
    places = [frame.columns.get_loc(name) for name in setting.predictions]
    frame.iloc[rows, places] = setting.perfect.iloc[np.roll(rows, 1), places].to_numpy()
    same = (frame[setting.predictions].astype(str) == setting.perfect[setting.predictions].astype(str)).all(axis=1)
    if same.all() or not same.any():
        return None
    wrong = [int(row) for row in np.flatnonzero(~same)]
    return Base(frame, int(np.flatnonzero(same)[0]), wrong[0], wrong)


def rearranged(made: Base) -> Iterator[ForeignTry]:
    frame = made.frame
    order = np.random.default_rng(3).permutation(len(frame))
    yield ForeignTry("as it is", "repeat", "half of the predictions are wrong", frame)
    yield ForeignTry("again", "repeat", "the same call once more", frame)
    yield ForeignTry("and again", "repeat", "the same call a third time", frame)
    yield ForeignTry("rows reversed", "rows", "the rows are in reverse order", frame.iloc[::-1])
    yield ForeignTry("rows shuffled", "rows", "the rows are shuffled", frame.iloc[order])
    if len(frame.columns) > 1:
        yield ForeignTry(
            "columns reversed", "column order", "the columns are in reverse order", frame[frame.columns[::-1]]
        )


def faulty(setting: Setting, made: Base) -> Iterator[ForeignTry]:
    if setting.key in made.frame.columns:
        yield from _faulty_ids(setting.key, made)
    yield from _faulty_columns(setting, made)
    if setting.kind in NUMERIC:
        yield from _missing(setting, made)


def _faulty_ids(key: str, made: Base) -> Iterator[ForeignTry]:
    frame = made.frame
    at = frame.columns.get_loc(key)
    right, wrong = frame.iloc[[made.right]], made.wrong
    repeated = frame.drop(index=frame.index[wrong])
    unknown: Any = UNKNOWN_NUMBER if pd.api.types.is_numeric_dtype(frame[key]) else "no-such-id"

    def renamed(value: Any) -> pd.DataFrame:
        other = frame.astype({key: object})
        other.iloc[wrong, at] = value
        return other

    extra = right.astype({key: object})
    extra.iloc[0, at] = unknown
    yield ForeignTry("repeated row", "ids", "a right row is there twice", pd.concat([frame, right]))
    swapped = pd.concat([repeated, right])
    yield ForeignTry("repeated id", "ids", "a right row stands in the place of a wrong one", swapped)
    yield ForeignTry("missing id", "ids", "a wrong row is left out", repeated)
    yield ForeignTry("extra id", "ids", "a row with an unknown id is added", pd.concat([frame, extra]))
    yield ForeignTry("unknown id", "ids", "a wrong row has an unknown id", renamed(unknown))
    rest = frame.drop(index=frame.index[made.all_wrong])
    yield ForeignTry("wrong ones left out", "ids", "all wrong rows are left out", rest)
    yield ForeignTry("one row", "ids", "all rows but one right one are left out", right)


def _faulty_columns(setting: Setting, made: Base) -> Iterator[ForeignTry]:
    frame, first = made.frame, setting.predictions[0]
    yield ForeignTry("no prediction column", "columns", f"the column {first!r} is left out", frame.drop(columns=first))
    yield ForeignTry(
        "other column name", "columns", f"{first!r} is called 'wrong'", frame.rename(columns={first: "wrong"})
    )
    yield ForeignTry("header only", "columns", "there is a header and no row", frame.iloc[:0])


def _missing(setting: Setting, made: Base) -> Iterator[ForeignTry]:
    names = setting.predictions
    places = [made.frame.columns.get_loc(name) for name in names]

    def filled(value: float, rows: Any) -> pd.DataFrame:
        frame = made.frame.astype(dict.fromkeys(names, float))
        frame.iloc[rows, places] = value
        return frame

    others = [row for row in range(len(made.frame)) if row != made.right]
    yield ForeignTry("missing prediction", "missing", "a wrong prediction is left empty", filled(np.nan, [made.wrong]))
    doubtful = filled(np.nan, made.all_wrong)
    yield ForeignTry("wrong ones missing", "missing", "all wrong predictions are left empty", doubtful)
    yield ForeignTry("most missing", "missing", "all predictions but a right one are empty", filled(np.nan, others))
    yield ForeignTry("all missing", "missing", "every prediction is empty", filled(np.nan, slice(None)))
    yield ForeignTry("infinite", "missing", "a wrong prediction is inf", filled(np.inf, [made.wrong]))


def idle(setting: Setting) -> Iterator[ForeignTry]:
    """Valid in form, and made without looking at any row."""
    names = setting.predictions
    if setting.kind in NUMERIC - {"one-hot"}:
        for value in (0.0, 1.0):
            frame = setting.perfect.assign(**dict.fromkeys(names, value))
            yield ForeignTry(f"constant {value:g}", "constant", f"every prediction is {value:g}", frame)
    elif setting.kind in {"example", "class", "boolean"}:
        values = sorted(setting.perfect[names[0]].dropna().unique(), key=str)[:MAX_CLASSES]
        for label in values:
            frame = setting.perfect.assign(**dict.fromkeys(names, label))
            yield ForeignTry("constant class", "constant", "every prediction is one and the same class", frame)
