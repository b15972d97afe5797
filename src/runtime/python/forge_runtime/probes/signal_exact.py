"""Columns that restate a target: in words, by arithmetic, by sums."""

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.probes.signal_goal import Goal
from forge_runtime.probes.signal_scores import Floats
from forge_runtime.probes.signal_values import numbers

NUMBER = r"(?<![\w.])-?\d+(?:\.\d+)?"
PAIR_COLUMNS = 24
"""Pairs grow with the square; beyond this many number columns only the first are combined."""
RELATIVE = 1e-6
SHOWN = 200
"""Rows compared for sums of many columns have at least this many complete rows."""
TRUTHS = frozenset({"true", "false", "yes", "no", "t", "f", "y", "n", "0", "1", ""})
"""The yes of one question does not say in words what the answer to another is."""
ALWAYS = 0.9
"""Two of three parts may give the sum in most rows, where the third is nearly always nothing."""
PART_GAIN = 0.7
"""A part of a sum takes away at least three tenths of the variance that the parts before it left."""
MOST_REMAINDER = 0.02
TOLD_ALONE = 0.95
"""A column that tells so much of the variance alone needs no second one to make the target."""


def _close(values: Floats, truth: Floats) -> float:
    """Share of rows where the value is the target, up to rounding of the target as written."""
    known = np.isfinite(values)
    if known.mean() < 0.5:
        return 0.0
    tolerance = np.maximum(RELATIVE * np.abs(truth), 1e-9) + _rounding(truth)
    return float(np.mean(np.abs(values - truth)[known] <= tolerance[known]))


def _rounding(truth: Floats) -> float:
    """Half a unit of the last decimal that the target is written with; nothing for whole numbers."""
    for decimals in range(1, 5):
        if np.allclose(truth, np.round(truth, decimals), atol=1e-9):
            return 0.0 if np.allclose(truth, np.round(truth)) else 0.5 * 10.0**-decimals
    return 0.0


def formulas(goal: Goal, columns: list[str]) -> list[dict[str, Any]]:
    """Sums, differences, products and ratios of two columns, equal columns and linear sums that give the target."""
    found: list[dict[str, Any]] = []
    values = {name: numbers(goal.frame[name]) for name in columns}
    spread = float(np.std(goal.y))
    if spread == 0:
        return found
    singles = []
    for name, column in values.items():
        share = _close(column, goal.y)
        if share >= 0.5:
            found.append({"columns": [name], "operation": "equal", "share": share})
            singles.append(name)
    rest = [name for name in columns if name not in singles][:PAIR_COLUMNS]
    with np.errstate(all="ignore"):
        for a, b in combinations(rest, 2):
            x, z = values[a], values[b]
            options = (("sum", x + z), ("difference", x - z), ("difference", z - x), ("product", x * z))
            for operation, result in (*options, ("ratio", x / z), ("ratio", z / x)):
                share = _close(np.where(np.isfinite(result), result, np.nan), goal.y)
                if share >= 0.5:
                    found.append({"columns": [a, b], "operation": operation, "share": share})
    linear = _linear(goal.y, {name: values[name] for name in rest})
    if all(item["share"] < ALWAYS for item in found):
        found += [item for item in (linear, _parts(goal.y, values), _factors(goal.y, values)) if item is not None]
    return found


def _parts(y: Floats, values: dict[str, Floats]) -> dict[str, Any] | None:
    """Columns whose plain sum is the target up to a remainder, as an invoice is of its lines and some fees."""
    spread = float(np.var(y))
    left, names = y, list[str]()
    known = {name: column for name, column in values.items() if np.isfinite(column).all()}
    while known:
        name, rest = min(((n, float(np.var(left - column))) for n, column in known.items()), key=lambda pair: pair[1])
        if rest > PART_GAIN * float(np.var(left)):
            break
        left = left - known.pop(name)
        names.append(name)
    remainder = float(np.var(left)) / spread
    if len(names) < 2 or remainder > MOST_REMAINDER:
        return None
    return {"columns": names, "operation": "parts", "share": 1 - remainder}


def _factors(y: Floats, values: dict[str, Floats]) -> dict[str, Any] | None:
    """Two columns whose product is the target up to a remainder, as a bill is of a price and a time."""
    spread = float(np.var(y))
    known = [
        (name, column)
        for name, column in values.items()
        if np.isfinite(column).all() and float(np.var(column)) > 0 and np.corrcoef(column, y)[0, 1] ** 2 < TOLD_ALONE
    ]
    rests = [
        (float(np.mean((y - x * z) ** 2)) / spread, [a, b]) for (a, x), (b, z) in combinations(known[:PAIR_COLUMNS], 2)
    ]
    remainder, names = min(rests, default=(1.0, list[str]()))
    return {"columns": names, "operation": "factors", "share": 1 - remainder} if remainder <= MOST_REMAINDER else None


def _linear(y: Floats, values: dict[str, Floats]) -> dict[str, Any] | None:
    """An exact linear sum of the columns, with the columns that carry it."""
    names = [name for name, column in values.items() if np.isfinite(column).mean() > 0.5 and np.nanstd(column) > 0]
    if not names:
        return None
    matrix = np.column_stack([values[name] for name in names])
    complete = np.isfinite(matrix).all(axis=1)
    if complete.sum() < max(SHOWN, 5 * len(names)):
        return None
    x, goal = matrix[complete], y[complete]
    x = (x - x.mean(axis=0)) / np.where(x.std(axis=0) > 0, x.std(axis=0), 1)
    weights = np.linalg.lstsq(x, goal - goal.mean(), rcond=None)[0]
    error = float(np.std(goal - goal.mean() - x @ weights) / max(float(np.std(goal)), 1e-300))
    if error > 1e-3:
        return None
    heavy = [name for name, weight in zip(names, weights, strict=True) if abs(weight) > 0.01 * np.std(goal)]
    return {"columns": heavy, "operation": "linear", "share": 1 - error} if heavy else None


def restated(goal: Goal, columns: list[str], seed: int) -> list[dict[str, Any]]:
    """Share of rows whose text holds the target's value, against the share after the targets are shuffled."""
    shuffled = np.random.default_rng(seed).permutation(len(goal.y))
    found = []
    for name in columns:
        text = goal.frame[name]
        if goal.classes and TRUTHS.issuperset(text.str.strip().str.lower().unique()):
            continue
        if goal.classes:
            hits = _class_hits(text, goal)
            true = float(np.mean(hits[np.arange(len(goal.y)), goal.y.astype(int)]))
            chance = float(np.mean(hits[np.arange(len(goal.y)), goal.y[shuffled].astype(int)]))
        else:
            true, chance = _number_hits(text, goal.y), _number_hits(text, goal.y[shuffled])
        if true >= 0.05:
            found.append({"column": name, "share": true, "chance": chance})
    return found


def _class_hits(text: pd.Series, goal: Goal) -> Any:
    padded = " " + text.str.lower().str.replace(r"[\W_]+", " ", regex=True).str.strip() + " "
    words = [" ".join("".join(c if c.isalnum() else " " for c in label.lower()).split()) for label in goal.classes]
    columns = [np.asarray(padded.str.contains(f" {word} ", regex=False)) & (len(word) > 0) for word in words]
    return np.column_stack(columns)


def _number_hits(text: pd.Series, y: Floats) -> float:
    """A number in the text counts when it is the target rounded to the decimals that the text shows."""
    hits = 0
    for line, goal in zip(text.str.findall(NUMBER), y, strict=True):
        for word in line[:8]:
            decimals = len(word.partition(".")[2])
            if abs(float(word) - goal) <= 0.5 * 10.0**-decimals + 1e-9 and (
                decimals > 0 or len(word) > 1 or goal == float(word)
            ):
                hits += 1
                break
    return hits / max(len(y), 1)
