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
FEWER_ERRORS = 0.5
"""Where one column equals the target in many rows, another that is nothing there must add to it."""
PART_GAIN = 0.7
"""A part of a sum takes away at least three tenths of the variance that the parts before it left."""
MOST_REMAINDER = 0.02
TOLD_ALONE = 0.95
"""A column that tells so much of the variance alone needs no second one to make the target."""


class _Truth:
    """The target's values, how far from them counts as equal, and the rows that do not have its commonest value."""

    def __init__(self, y: Floats) -> None:
        self._y = y
        self._tolerance = np.maximum(RELATIVE * np.abs(y), 1e-9) + _rounding(y)
        values, counts = np.unique(y, return_counts=True)
        self._unusual = y != values[counts.argmax()]

    def share(self, values: Floats) -> float:
        """Share of rows where the value is the target, up to rounding of the target as written. A column that is mostly
        nothing is not the target because that is mostly nothing, too: rows with other values count by themselves."""
        known = np.isfinite(values)
        if known.mean() < 0.5:
            return 0.0
        equal = np.abs(values - self._y) <= self._tolerance
        unusual = known & self._unusual
        return min(float(np.mean(equal[known])), float(np.mean(equal[unusual])) if unusual.any() else 0.0)


def _rounding(truth: Floats) -> float:
    """Half a unit of the last decimal that the target is written with; nothing for whole numbers."""
    for decimals in range(1, 5):
        if np.allclose(truth, np.round(truth, decimals), atol=1e-9):
            return 0.0 if np.allclose(truth, np.round(truth)) else 0.5 * 10.0**-decimals
    return 0.0


def formulas(goal: Goal, columns: list[str]) -> list[dict[str, Any]]:
    """Arithmetic of two columns, the larger and the smaller of them, equal columns and sums that give the target."""
    found: list[dict[str, Any]] = []
    values = {name: numbers(goal.frame[name]) for name in columns}
    spread = float(np.std(goal.y))
    if spread == 0:
        return found
    truth = _Truth(goal.y)
    alone = {name: truth.share(column) for name, column in values.items()}
    found += [
        {"columns": [name], "operation": "equal", "share": share} for name, share in alone.items() if share >= 0.5
    ]
    rest = [name for name in columns if alone[name] < ALWAYS][:PAIR_COLUMNS]
    with np.errstate(all="ignore"):
        for a, b in combinations(rest, 2):
            least = 1 - FEWER_ERRORS * (1 - max(alone[a], alone[b]))
            for operation, result in _results(values[a], values[b]):
                share = truth.share(np.where(np.isfinite(result), result, np.nan))
                if share >= least:
                    found.append({"columns": [a, b], "operation": operation, "share": share})
    linear = _linear(goal.y, {name: values[name] for name in rest})
    if all(item["share"] < ALWAYS for item in found):
        found += [item for item in (linear, _parts(goal.y, values), _nearly(goal.y, values)) if item is not None]
    return found


def _results(x: Floats, z: Floats) -> list[tuple[str, Floats]]:
    return [
        ("sum", x + z),
        ("difference", x - z),
        ("difference", z - x),
        ("product", x * z),
        ("ratio", x / z),
        ("ratio", z / x),
        ("maximum", np.maximum(x, z)),
        ("minimum", np.minimum(x, z)),
    ]


def _parts(y: Floats, values: dict[str, Floats]) -> dict[str, Any] | None:
    """Columns whose plain sum is the target up to a remainder, as an invoice is of its lines and some fees."""
    known = {name: column for name, column in values.items() if np.isfinite(column).all()}
    # Where one part is large because the other is small, neither takes much away alone: the best two then start.
    for start in ([], _best_pair(y, known)):
        names, left = _grown(y, known, start)
        remainder = float(np.var(left)) / float(np.var(y))
        if len(names) >= 2 and remainder <= MOST_REMAINDER:
            return {"columns": names, "operation": "parts", "share": 1 - remainder}
    return None


def _grown(y: Floats, known: dict[str, Floats], start: list[str]) -> tuple[list[str], Floats]:
    """Adds the parts that take most away, one after the other, and what they leave of the target."""
    names = list(start)
    left = y - sum((known[name] for name in names), np.zeros_like(y))
    while others := {name: float(np.var(left - column)) for name, column in known.items() if name not in names}:
        name = min(others, key=lambda each: others[each])
        if others[name] > PART_GAIN * float(np.var(left)):
            break
        left = left - known[name]
        names.append(name)
    return names, left


def _best_pair(y: Floats, known: dict[str, Floats]) -> list[str]:
    """The two columns whose sum leaves least of the target, if it takes both."""
    alone = {name: float(np.var(y - column)) for name, column in list(known.items())[:PAIR_COLUMNS]}
    rests = [(float(np.var(y - known[a] - known[b])), [a, b]) for a, b in combinations(alone, 2)]
    rest, names = min(rests, default=(0.0, list[str]()))
    return names if all(rest <= PART_GAIN * alone[name] for name in names) else []


def _nearly(y: Floats, values: dict[str, Floats]) -> dict[str, Any] | None:
    """Two columns that give the target up to a remainder: a bill is a price by a time, a rate or a gain was worked out
    before its parts were rounded."""
    spread = float(np.var(y))
    known = [
        (name, column)
        for name, column in values.items()
        if np.isfinite(column).all() and float(np.var(column)) > 0 and np.corrcoef(column, y)[0, 1] ** 2 < TOLD_ALONE
    ]
    rests: list[tuple[float, str, list[str]]] = []
    with np.errstate(all="ignore"):
        for (a, x), (b, z) in combinations(known[:PAIR_COLUMNS], 2):
            options = (("factors", x * z), ("quotient", x / z), ("quotient", z / x), ("gain", x - z), ("gain", z - x))
            rests += [(float(np.mean((y - result) ** 2)) / spread, operation, [a, b]) for operation, result in options]
    usable = [rest for rest in rests if rest[0] <= MOST_REMAINDER]
    if not usable:
        return None
    remainder, operation, names = min(usable)
    return {"columns": names, "operation": operation, "share": 1 - remainder}


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
