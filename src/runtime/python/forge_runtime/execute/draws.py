"""Scores on resampled test rows, for intervals and paired gains."""

from __future__ import annotations

import functools
import math
import warnings
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.execute.definitions import definition
from forge_runtime.package import PUBLIC, Manifest, Package, PackageError, typed

Array = np.ndarray[Any, Any]
Tables = tuple[pd.DataFrame, pd.DataFrame]


def draws_of(answers: pd.DataFrame, package: Package, count: int, seed: int) -> list[Array]:
    """Row numbers drawn with replacement. Rows that were split as a group are drawn as a group, since they resemble
    each other and count as one observation."""
    rng = np.random.default_rng(seed)
    groups = groups_of(answers, package)
    if groups is None:
        return [rng.integers(0, len(answers), len(answers)) for _ in range(count)]
    rows, sizes = np.argsort(groups, kind="stable"), np.bincount(groups)
    starts = np.cumsum(sizes) - sizes
    return [_members(rng.integers(0, len(sizes), len(sizes)), rows, starts, sizes) for _ in range(count)]


def _members(chosen: Array, rows: Array, starts: Array, sizes: Array) -> Array:
    """The rows of the chosen groups, one group after the other; `rows` holds all rows sorted by group."""
    lengths = sizes[chosen]
    shifts = starts[chosen] - (np.cumsum(lengths) - lengths)
    drawn: Array = rows[np.arange(lengths.sum()) + np.repeat(shifts, lengths)]
    return drawn


def groups_of(answers: pd.DataFrame, package: Package) -> Array | None:
    """Group numbers of the sorted answer rows when the split follows columns that the test file still shows."""
    split = package.manifest.section("split")
    by = split.get("by")
    if split.get("kind") not in {"group", "entity"} or not isinstance(by, list) or not by:
        return None
    column = package.manifest.id_column
    try:
        names = [str(name) for name in by]
        if column in names:  # the raw table's own; the column of this name numbers rows
            return None
        table = package.text(f"{PUBLIC}/test.csv")[[column, *names]]
        test = typed(table, {column, *package.manifest.labels}).set_index(column, drop=False)
        keys = test.loc[answers[column].sort_values(kind="stable"), names]
    except (PackageError, KeyError):
        return None
    numbers = keys.groupby(list(keys.columns), dropna=False, sort=True).ngroup().to_numpy()
    return numbers if numbers.max() >= 1 else None


def score_draws(
    metric: ModuleType, manifest: Manifest, tables: Tables, score: float, draws: list[Array]
) -> list[float | None]:
    """The score on each draw; None where the metric is undefined.

    Where the definition of the metric gives what metric.py gives (on all rows, on the first draw, and on the one that
    lacks most classes, or both the smallest and the largest answer, if there is such a draw) it scores the other draws;
    else metric.py scores each of them.
    """
    asked = {0: score_draw(metric, manifest.id_column, tables, draws[0])} if draws else {}
    known = definition(manifest, *tables)
    if known is None:
        return [
            asked[n] if n in asked else score_draw(metric, manifest.id_column, tables, d) for n, d in enumerate(draws)
        ]
    by_definition, classes = known
    kinds = [np.count_nonzero(np.bincount(classes[draw])) for draw in draws]
    odd = int(np.argmin(kinds)) if draws else None
    if odd is not None and odd not in asked and kinds[odd] < np.count_nonzero(np.bincount(classes)):
        asked[odd] = score_draw(metric, manifest.id_column, tables, draws[odd])
    with np.errstate(all="ignore"):
        agrees = _same(by_definition(np.arange(len(classes))), score) and all(
            _same(by_definition(draws[n]), value) for n, value in asked.items()
        )
        quick = [by_definition(draw) if agrees and n not in asked else None for n, draw in enumerate(draws)]
    return [
        asked[n]
        if n in asked
        # What the definition leaves open is for metric.py to say.
        else value
        if value is not None and math.isfinite(value)
        else score_draw(metric, manifest.id_column, tables, draws[n])
        for n, value in enumerate(quick)
    ]


def _same(defined: float, given: float | None) -> bool:
    """Equal up to the rounding of sums in another order."""
    return given is not None and math.isclose(defined, given, rel_tol=1e-9, abs_tol=1e-12)


def score_draw(metric: ModuleType, column: str, tables: Tables, draw: Array) -> float | None:
    """The score of metric.py on drawn rows, which get fresh ids since one row may be drawn twice."""
    drawn = [table.take(draw).reset_index(drop=True) for table in tables]
    for table in drawn:
        table[column] = _fresh_ids(len(draw)).copy()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            score = float(metric.evaluate(*drawn))
    except Exception:  # noqa: BLE001 - a draw without one of the classes may be undefined; it is left out
        return None
    return score if math.isfinite(score) else None


@functools.lru_cache(maxsize=4)
def _fresh_ids(count: int) -> Array:
    return np.array([str(number) for number in range(count)], dtype=object)
