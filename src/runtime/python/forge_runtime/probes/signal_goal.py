"""The target of a candidate as numbers, and the rows that have one."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forge_runtime.probes.signal_scores import Floats
from forge_runtime.probes.signal_values import numbers


@dataclass(frozen=True)
class Goal:
    frame: pd.DataFrame
    """Rows whose target is known, in file order, numbered from 0."""
    labels: pd.Series
    """The target as written."""
    y: Floats
    """Codes of `classes`, or values."""
    classes: list[str]
    """Empty for numbers."""
    places: NDArray[np.int64]
    """Row numbers within the whole table."""


def goal_of(frame: pd.DataFrame, candidate: dict[str, Any]) -> Goal:
    """Leaves out rows without a target, or with a class that is not asked for."""
    labels = frame[candidate["target"]]
    if candidate["objective"] == "number":
        values = numbers(labels)
        kept = np.isfinite(values)
        return Goal(
            frame[kept].reset_index(drop=True),
            labels[kept].reset_index(drop=True),
            values[kept],
            [],
            np.flatnonzero(kept),
        )
    classes = candidate.get("classes") or sorted(set(labels) - {""})
    kept = np.asarray(labels.isin(classes), dtype=bool)
    codes = labels[kept].map({label: i for i, label in enumerate(classes)})
    return Goal(
        frame[kept].reset_index(drop=True),
        labels[kept].reset_index(drop=True),
        np.asarray(codes, dtype=float),
        list(classes),
        np.flatnonzero(kept),
    )


def sample(goal: Goal, rows: int, seed: int) -> Goal:
    """At most `rows` rows, drawn by the seed and kept in file order."""
    if len(goal.y) <= rows:
        return goal
    chosen = np.sort(np.random.default_rng(seed).permutation(len(goal.y))[:rows])
    return Goal(
        goal.frame.iloc[chosen].reset_index(drop=True),
        goal.labels.iloc[chosen].reset_index(drop=True),
        goal.y[chosen],
        goal.classes,
        goal.places[chosen],
    )


def has_numbers(goal: Goal) -> bool:
    """Numbers, or several classes that are written as numbers: levels may be counted up from other columns, too."""
    if not goal.classes:
        return True
    return len(goal.classes) > 2 and bool(np.isfinite(numbers(pd.Series(goal.classes))).all())


def as_numbers(goal: Goal) -> Goal:
    return replace(goal, y=numbers(goal.labels), classes=[]) if goal.classes else goal
