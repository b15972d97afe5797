"""Random valid submissions of every kind of prediction, from nearly right to chance, with ties and extremes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import Manifest
from forge_runtime.probes.metric_submissions import LABELS

SHARES = (0.2, 0.5, 0.8, 1.0)
"""Parts of the predictions that are drawn at random."""
LONGEST_LIST = 14
"""More items than a ranked list may count."""
TIES = 1
"""Decimals that make many predictions equal."""


def random_submissions(
    manifest: Manifest, perfect: pd.DataFrame, answers: pd.DataFrame, seed: int
) -> Iterator[pd.DataFrame]:
    """Submissions in the order of the answers: for each share one of fine and one of coarse values, then extremes."""
    random = np.random.default_rng(seed)
    columns = manifest.submission_columns
    cells = answers[manifest.targets[0]].astype(str)
    for share in SHARES:
        for coarse in (False, True):
            frame = perfect.copy()
            for column in columns:
                right = perfect[str(column["name"])]
                drawn = _drawn(column, right, coarse, random, cells)
                frame[str(column["name"])] = np.where(random.random(len(right)) < share, drawn, right)
            yield _whole(frame, columns)
    if len(columns) > 1 and all(column["dtype"] == "probability" for column in columns):
        # Certain and wrong: what a logarithm has to be kept from.
        turned = {
            str(column["name"]): perfect[str(columns[place - 1]["name"])].to_numpy()
            for place, column in enumerate(columns)
        }
        yield perfect.assign(**turned)


def _drawn(column: Any, right: pd.Series[Any], coarse: bool, random: np.random.Generator, cells: pd.Series[str]) -> Any:
    """One prediction for each row, drawn without looking at its answer."""
    kind, count = column.get("dtype"), len(right)
    if kind == "probability":
        return np.round(random.random(count), TIES if coarse else 9)
    if kind in {"number", "integer"}:
        drawn = random.permutation(right.astype(float).to_numpy()) * random.choice([0.5, 1.0, 1.7], count)
        low, high = column.get("minimum"), column.get("maximum")
        drawn = np.clip(drawn, -np.inf if low is None else low, np.inf if high is None else high)
        return np.round(drawn) if coarse or kind == "integer" else drawn
    if kind == "ranked-list":
        items = sorted({item for cell in cells for item in cell.split()})
        lengths = random.integers(1, LONGEST_LIST, count)
        return np.array([" ".join(random.permutation(items)[:length]) for length in lengths], dtype=object)
    if kind in LABELS:
        labels = [str(label) for label in column.get("allowed") or sorted(set(right.astype(str)))]
        # Coarse: one class is never named.
        return random.choice(np.array(labels[: max(1, len(labels) - coarse)], dtype=object), count)
    return right


def _whole(frame: pd.DataFrame, columns: list[Any]) -> pd.DataFrame:
    """Probabilities of all classes add up to 1."""
    names = [str(column["name"]) for column in columns]
    if len(names) < 2 or any(column["dtype"] != "probability" for column in columns):
        return frame
    values = frame[names].astype(float)
    total = values.sum(axis=1)
    even = 1 / len(names)
    return frame.assign(**{name: np.where(total > 0, values[name] / total.where(total > 0, 1), even) for name in names})
