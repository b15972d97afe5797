"""Scores of an entry under other circumstances: rows drawn alone, half of its errors mended, each half of the time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.execute.draws import Tables
from forge_runtime.package import Manifest, Package, PackageError, perfect_submission

Json = dict[str, Any]
Rows = np.ndarray[Any, Any]
Score = Callable[[Tables, Rows], float | None]
Scores = Callable[[Tables, list[Rows]], list[float | None]]
"""Scores on several draws of one entry; empty when it has no score as a whole."""

HALF_DRAWS = 40
"""Draws within each half of the time: enough for a standard deviation, which is all that is taken from them."""


def plain_spread(entry: Tables, scores: Scores, seed: int, count: int) -> float | None:
    """Standard deviation of the score when rows are drawn one by one, without regard to groups."""
    generator = np.random.default_rng(seed)
    size = len(entry[1])
    draws = [generator.integers(0, size, size) for _ in range(count)]
    defined = [value for value in scores(entry, draws) if value is not None]
    return float(np.std(defined)) if len(defined) > 1 else None


def half_better(manifest: Manifest, entry: Tables, score: Score, scores: Scores, draws: list[Rows]) -> Json | None:
    """An entry that has every second row right and the others as they were: half of what is left to gain, gained."""
    submission, truth = entry
    try:
        perfect = perfect_submission(manifest, truth)
    except PackageError:
        return None
    right = np.random.default_rng(0).permutation(len(truth)) % 2 == 0
    better = submission.copy()
    for name in manifest.prediction_names:
        if name not in better.columns:
            return None
        better[name] = perfect[name].where(right, submission[name])
    whole = score((better, truth), np.arange(len(truth)))
    return None if whole is None else {"score": whole, "resampled": scores((better, truth), draws)}


def halves(package: Package, entries: dict[str, Tables], scores: Scores, seed: int) -> list[Json]:
    """In a split by time: the scores on the earlier and on the later half of the test part, each with draws."""
    split = package.manifest.section("split")
    by = [str(name) for name in split.get("by") or []]
    if split.get("kind") != "time" or not entries:
        return []
    order = _order(package, by, next(iter(entries.values()))[1])
    if order is None:
        return []
    generator = np.random.default_rng(seed)
    result = []
    for rows in np.array_split(order, 2):
        draws = [generator.choice(rows, len(rows)) for _ in range(HALF_DRAWS)]
        told = {}
        for name, entry in entries.items():
            whole, *resampled = scores(entry, [rows, *draws]) or [None]
            if whole is None:
                return []
            told[name] = {"kind": "valid", "score": whole, "resampled": resampled}
        result.append({"rows": len(rows), "scores": told})
    return result


def _order(package: Package, by: list[str], truth: pd.DataFrame) -> Rows | None:
    """Numbers of the rows of `truth`, earliest first; null where the time is not in the test file."""
    column = package.manifest.id_column
    test = package.test()
    time = next((name for name in by if name in test.columns), None)
    if time is None or column not in test.columns:
        return None
    values = test.drop_duplicates(column).set_index(column)[time].reindex(truth[column])
    numbers = pd.to_numeric(values, errors="coerce")
    if numbers.isna().any():
        numbers = pd.to_datetime(values, errors="coerce", format="mixed").astype("int64")
    return np.argsort(numbers.to_numpy(), kind="stable")
