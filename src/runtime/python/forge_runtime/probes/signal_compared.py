"""Two classes that tell which of two columns is larger, such as the winner of two scores."""

from itertools import combinations
from typing import Any

import numpy as np

from forge_runtime.probes.signal_exact import PAIR_COLUMNS
from forge_runtime.probes.signal_goal import Goal
from forge_runtime.probes.signal_scores import Floats
from forge_runtime.probes.signal_values import numbers

AGREED = 0.95
FEWEST_OF_A_CLASS = 0.05
FEWER_ERRORS = 0.5
"""A column that parts the classes alone does so against any other that hardly varies: comparing must add to it."""


def compared(goal: Goal, columns: list[str]) -> list[dict[str, Any]]:
    """Pairs of columns whose comparison gives one of two classes, and neither of them alone."""
    if len(goal.classes) != 2:
        return []
    found = []
    values = {name: numbers(goal.frame[name]) for name in columns[:PAIR_COLUMNS]}
    for a, b in combinations(values, 2):
        x, z = values[a], values[b]
        known = np.isfinite(x) & np.isfinite(z)
        if known.mean() < 0.5:
            continue
        second = goal.y[known] == 1
        share = _agreement(x[known] > z[known], second)
        minority = min(float(np.mean(second)), 1 - float(np.mean(second)))
        if share < AGREED or minority < FEWEST_OF_A_CLASS:
            continue
        alone = max(_parted(x[known], second), _parted(z[known], second))
        if 1 - share <= FEWER_ERRORS * (1 - alone) and alone < 1:
            found.append({"columns": [a, b], "operation": "comparison", "share": share})
    return found


def _agreement(said: Any, second: Any) -> float:
    agreement = float(np.mean(said == second))
    return max(agreement, 1 - agreement)


def _parted(values: Floats, second: Any) -> float:
    """Share of rows that the best limit on one column puts on the side of their class."""
    order = np.argsort(values, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(values[order])), len(values) - 1)
    below = np.cumsum(second[order])[ends]
    right = below + (len(values) - ends - 1) - (int(second.sum()) - below)
    share = right / len(values)
    return float(max(share.max(), 1 - share.min()))
