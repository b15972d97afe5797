"""Classes that two columns decide together: a flag that was made of them, such as "travels alone" of two counts."""

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forge_runtime.probes.signal_exact import PAIR_COLUMNS
from forge_runtime.probes.signal_goal import Goal

Codes = NDArray[np.int64]
FEW_VALUES = 30
"""Columns with more values are measurements: their pairs tell rows apart whatever the class is."""
DECIDED = 0.999
"""Share of the rows that have the usual class of their pair of values; a slip of the pen may stand against the rule."""
SUPPORTED = 0.95
"""Share of the rows whose pair of values recurs, so that the rule is a rule and no list of rows."""
FEWEST_ROWS = 5
MOST_USUAL = 0.95
"""With a larger majority every pair seems to decide."""


def decided(goal: Goal, columns: list[str]) -> list[dict[str, Any]]:
    """Pairs of columns of which neither decides the class alone, and both together do in every row."""
    classes = len(goal.classes)
    labels = goal.y.astype(np.int64)
    if classes < 2 or len(labels) == 0 or _usual(np.zeros_like(labels), labels, classes) > MOST_USUAL:
        return []
    coded: dict[str, Codes] = {}
    for name in columns:
        codes, values = pd.factorize(goal.frame[name].to_numpy(dtype=object))
        if 2 <= len(values) <= FEW_VALUES and _usual(codes, labels, classes) < DECIDED:
            coded[name] = codes.astype(np.int64)
    found = []
    for a, b in combinations(list(coded)[:PAIR_COLUMNS], 2):
        pair = coded[a] * FEW_VALUES + coded[b]
        share = _usual(pair, labels, classes)
        if share >= DECIDED and _supported(pair) >= SUPPORTED:
            found.append({"columns": [a, b], "operation": "combination", "share": share})
    return found


def _usual(codes: Codes, labels: Codes, classes: int) -> float:
    """Share of the rows that have the commonest class among the rows of their code."""
    counts = np.bincount(codes * classes + labels, minlength=(int(codes.max()) + 1) * classes)
    return float(counts.reshape(-1, classes).max(axis=1).sum() / len(labels))


def _supported(codes: Codes) -> float:
    counts = np.bincount(codes)
    return float(counts[counts >= FEWEST_ROWS].sum() / len(codes))
