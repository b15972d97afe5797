"""Holdout splits of the kinds that a task may use."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forge_runtime.probes.signal_values import normalized, numbers, times

Rows = NDArray[np.int64]


def group_keys(frame: pd.DataFrame, together: dict[str, Any]) -> NDArray[np.object_]:
    """For each row the key of the rows that it must stay with."""
    if together["key"] == "columns":
        keys = frame[together["columns"]].agg("\x1f".join, axis=1)
        alone = (frame[together["columns"]] == "").all(axis=1)
        keys = keys.where(~alone, "\x1e" + frame.index.astype(str))
        return np.asarray(keys, dtype=object)
    if together["key"] == "normalized-text":
        return np.asarray(normalized(frame[together["column"]]), dtype=object)
    if together["key"] == "grid":
        cells = [np.floor(numbers(frame[together[axis]]) / together["degrees"]) for axis in ("latitude", "longitude")]
        return np.asarray([f"{a:.0f}:{b:.0f}" for a, b in zip(*cells, strict=True)], dtype=object)
    return np.asarray([str(i) for i in range(len(frame))], dtype=object)


def _by_group(keys: NDArray[np.object_], fraction: float, generator: np.random.Generator) -> NDArray[np.bool_]:
    names, inverse, sizes = np.unique(keys.astype(str), return_inverse=True, return_counts=True)
    order = generator.permutation(len(names))
    before = np.concatenate([[0], np.cumsum(sizes[order])[:-1]])
    chosen = np.zeros(len(names), dtype=bool)
    chosen[order[before < fraction * len(keys)]] = True
    return np.asarray(chosen[inverse], dtype=np.bool_)


def _stratified(target: pd.Series, fraction: float, generator: np.random.Generator) -> NDArray[np.bool_]:
    test = np.zeros(len(target), dtype=bool)
    for label in sorted(target.unique()):
        rows = generator.permutation(np.flatnonzero(np.asarray(target == label)))
        test[rows[: round(fraction * len(rows))]] = True
    return test


def split(frame: pd.DataFrame, target: pd.Series | None, plan: dict[str, Any]) -> tuple[Rows, Rows]:
    """Row numbers of the train and the test part. `plan` has kind, together, time, testFraction and seed."""
    generator = np.random.default_rng(plan["seed"])
    fraction = plan["testFraction"]
    if plan["kind"] == "official":
        test = np.asarray(frame["__part"] == "test", dtype=bool)
    elif plan["kind"] == "time":
        moments = times(frame[plan["time"]["column"]], plan["time"]["format"])
        border = moments.sort_values().iloc[int((1 - fraction) * (len(moments) - 1))]
        test = np.asarray(moments > border, dtype=bool)
    elif plan["together"]["key"] != "none":
        test = _by_group(group_keys(frame, plan["together"]), fraction, generator)
    elif plan["kind"] == "stratified" and target is not None:
        test = _stratified(target, fraction, generator)
    else:
        test = np.zeros(len(frame), dtype=bool)
        test[generator.permutation(len(frame))[: round(fraction * len(frame))]] = True
    return np.flatnonzero(~test), np.flatnonzero(test)
