"""What single columns give away: their values, their spelling, their emptiness, and the target restated in them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.probes.leakage_frames import Frames, Target, some_rows
from forge_runtime.probes.leakage_skill import SEED, Yardstick
from forge_runtime.probes.signal_compared import compared
from forge_runtime.probes.signal_decided import decided
from forge_runtime.probes.signal_exact import formulas, restated
from forge_runtime.probes.signal_goal import Goal, as_numbers, has_numbers
from forge_runtime.probes.signal_views import views

Json = dict[str, Any]

COLUMNS = 150
SUSPICIOUS = 0.8
"""Skill alone from which the model without the column is worth fitting."""
RESTATED_ROWS = 5000
ID_CHARACTERS = 40
EPOCH = r"1\d{9}(\d{3})?"
WORTH_TELLING = 0.1


def alone(yard: Yardstick) -> Json:
    """Skill of each feature alone, of all together, and of all others where one stands out."""
    frames = yard.frames
    names = [name for name in frames.kinds if frames.kinds[name] != "text"][:COLUMNS]
    told = [{"column": name, "kind": frames.kinds[name], **yard.feature(name)} for name in names]
    told.sort(key=lambda item: (-item["skill"], item["column"]))
    everything = list(frames.kinds)[:COLUMNS]
    # Only the best one can stand out: to every other feature it is a rival.
    if not told or told[0]["skill"] < SUSPICIOUS or len(everything) < 2:
        return {"features": told, "model": None}
    told[0]["without"] = yard.model([name for name in everything if name != told[0]["column"]])["skill"]
    return {"features": told, "model": yard.model(everything)["skill"]}


def spelling(yard: Yardstick) -> list[Json]:
    """Skill of pieces of identifier-like columns: last character, leading letters, parity of the number at the end."""
    found = []
    for name in list(yard.frames.kinds)[:COLUMNS]:
        if not _is_code(yard.train[name], yard.frames.kinds[name]):
            continue
        whole = yard.feature(name)["skill"]
        for view, train, test in _pieces(yard.train[name], yard.test[name]):
            told = yard.column(train, test, "category")
            if told["skill"] >= WORTH_TELLING:
                found.append({"column": name, "view": view, "whole": whole, **told})
    return sorted(found, key=lambda item: -item["skill"])[:10]


def _is_code(column: pd.Series[str], kind: str) -> bool:
    """Single short words with a digit, mostly different: names of things rather than properties of them."""
    present = column[column != ""]
    if len(present) < 20 or kind in {"text", "datetime"}:
        return False
    short = present.str.len() <= ID_CHARACTERS
    coded = present.str.contains(r"\d", regex=True) & ~present.str.contains(r"\s\S+\s", regex=True) & short
    if coded.mean() < 0.9 or present.nunique() < max(20, 0.2 * len(present)):
        return False
    # Measured numbers and times differ from row to row, too; codes are whole, and no seconds or milliseconds.
    whole = bool(present.str.fullmatch(r"\d+").all()) and present.nunique() > 0.9 * len(present)
    return kind != "number" or (whole and not bool(present.str.fullmatch(EPOCH).all()))


def _pieces(train: pd.Series[str], test: pd.Series[str]) -> list[tuple[str, pd.Series[str], pd.Series[str]]]:
    pieces = [(name, piece, dict(views(test)).get(name)) for name, piece in views(train)]
    kept = [(name, piece, other) for name, piece, other in pieces if other is not None]
    parity = [_parity(column) for column in (train, test)]
    if parity[0].nunique() > 1:
        kept.append(("parity of the number at the end", parity[0], parity[1]))
    return kept


def _parity(column: pd.Series[str]) -> pd.Series[str]:
    last = column.str.extract(r"(\d)\D*$", expand=False).fillna("")
    return last.map(lambda digit: "" if digit == "" else ("even" if int(digit) % 2 == 0 else "odd"))


def emptiness(yard: Yardstick, told: list[Json]) -> Json | None:
    """Skill of the pattern of empty cells: of each column, and of all columns together. `rival` is the best skill among
    the features of `told` that are never empty: where it is as good, the pattern may only follow that feature."""
    frames = yard.frames
    holes = {name: (yard.train[name] == "", yard.test[name] == "") for name in list(frames.kinds)[:COLUMNS]}
    holes = {name: pair for name, pair in holes.items() if 0.005 <= pair[0].mean() <= 0.995}
    if not holes:
        return None
    parts = [np.column_stack([np.asarray(pair[i], dtype=float) for pair in holes.values()]) for i in (0, 1)]
    together = yard.values(parts[0], parts[1], leaves=8)
    single = []
    for name, (train, test) in holes.items():
        skill = yard.values(np.asarray(train, dtype=float), np.asarray(test, dtype=float), leaves=2)
        single.append({"column": name, **skill})
    single.sort(key=lambda item: -item["skill"])
    rival = max((item["skill"] for item in told if item["column"] not in holes), default=0.0)
    return {"together": together, "columns": single[:5], "rival": rival}


def restatements(frames: Frames, target: Target) -> Json:
    """Columns that hold the target in words, and arithmetic of two columns that gives it; over both parts."""
    both = pd.concat([frames.train[frames.features], frames.test[frames.features]], ignore_index=True)
    labels = pd.concat([target.train_text, target.test_text], ignore_index=True)
    rows = some_rows(len(both), RESTATED_ROWS, SEED)
    goal = Goal(
        both.iloc[rows].reset_index(drop=True),
        labels.iloc[rows].reset_index(drop=True),
        target.both[rows],
        target.classes,
        rows,
    )
    words = [name for name, kind in frames.kinds.items() if kind in {"text", "category"}][:COLUMNS]
    values = [name for name, kind in frames.kinds.items() if kind == "number"][:COLUMNS]
    # Classes called 0 and 1 occur in every text with a number; shuffled targets show how often.
    said = restated(goal, words, SEED)
    short = [name for name, kind in frames.kinds.items() if kind in {"number", "category"}][:COLUMNS]
    exact = formulas(as_numbers(goal), values) if has_numbers(goal) else []
    if target.classes:
        exact += [*compared(goal, values), *decided(goal, short)]
    return {"restated": said, "formulas": sorted(exact, key=lambda item: -item["share"])[:5]}
