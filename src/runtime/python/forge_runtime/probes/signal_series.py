"""What history alone predicts for a later block of a series: the last value, and the same time one season earlier."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forge_runtime.probes.signal_scores import Floats
from forge_runtime.probes.signal_splits import Rows
from forge_runtime.probes.signal_values import times

SEASONS_DAYS = {"week": 7.0, "year": 365.25, "day": 1.0}


def _seasonal(moments: NDArray[np.float64], values: Floats, asked: NDArray[np.float64], season: float) -> Floats:
    """The known value nearest to whole seasons before the asked moment."""
    last = moments[-1]
    back = asked - season * np.maximum(np.ceil((asked - last) / season), 1)
    at = np.clip(np.searchsorted(moments, back), 1, len(moments) - 1)
    nearer = np.abs(moments[at - 1] - back) <= np.abs(moments[at] - back)
    return np.asarray(values[np.where(nearer, at - 1, at)], dtype=float)


def history_predictions(
    frame: pd.DataFrame, y: Floats, train: Rows, test: Rows, history: dict[str, Any]
) -> dict[str, Floats]:
    """Predictions for the test rows by rule: `last value`, and `one <season> earlier` where history holds a season."""
    stamps = times(frame[history["column"]], history["format"])
    days = np.asarray((stamps - pd.Timestamp(0, tz="UTC")).dt.total_seconds() / 86400, dtype=float)
    series = (
        frame[history["series"]].agg("\x1f".join, axis=1) if history["series"] else pd.Series("", index=frame.index)
    )
    names = np.asarray(series, dtype=object)
    rules = {"last value": np.full(len(test), float(y[train].mean()))}
    span = float(np.nanmax(days[train]) - np.nanmin(days[train])) if len(train) else 0.0
    seasons = {name: length for name, length in SEASONS_DAYS.items() if history["stepDays"] < length < span}
    rules |= {f"one {name} earlier": rules["last value"].copy() for name in seasons}
    for name in pd.unique(names):
        known = train[names[train] == name]
        asked = names[test] == name
        if len(known) < 2 or not asked.any():
            continue
        known = known[np.argsort(days[known], kind="stable")]
        rules["last value"][asked] = y[known[-1]]
        for season, length in seasons.items():
            rules[f"one {season} earlier"][asked] = _seasonal(days[known], y[known], days[test[asked]], length)
    return rules
