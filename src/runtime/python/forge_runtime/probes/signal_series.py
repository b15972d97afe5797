"""What history alone predicts for a later block of a series: the last value, the same time one season earlier, and a
straight trend with waves."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import Ridge

from forge_runtime.probes.signal_scores import Floats
from forge_runtime.probes.signal_splits import Rows
from forge_runtime.probes.signal_values import times

SEASONS_DAYS = {"week": 7.0, "year": 365.25, "day": 1.0}
HARMONICS = 3
TREND_WEIGHT = 5.0
"""The trend is hardly shrunk, the waves are."""
FEWEST_KNOWN = 10


def _seasonal(moments: NDArray[np.float64], values: Floats, asked: NDArray[np.float64], season: float) -> Floats:
    """The known value nearest to whole seasons before the asked moment."""
    last = moments[-1]
    back = asked - season * np.maximum(np.ceil((asked - last) / season), 1)
    at = np.clip(np.searchsorted(moments, back), 1, len(moments) - 1)
    nearer = np.abs(moments[at - 1] - back) <= np.abs(moments[at] - back)
    return np.asarray(values[np.where(nearer, at - 1, at)], dtype=float)


def _moments(frame: pd.DataFrame, history: dict[str, Any]) -> tuple[Floats, NDArray[np.object_]]:
    """Days since 1970 and the name of the series of each row."""
    stamps = times(frame[history["column"]], history["format"])
    days = np.asarray((stamps - pd.Timestamp(0, tz="UTC")).dt.total_seconds() / 86400, dtype=float)
    if not history["series"]:
        return days, np.full(len(frame), "", dtype=object)
    return days, np.asarray(frame[history["series"]].agg("\x1f".join, axis=1), dtype=object)


def _waves(days: Floats, start: float, span: float, lengths: list[float]) -> Floats:
    columns = [TREND_WEIGHT * (days - start) / span]
    for length in lengths:
        angle = 2 * np.pi * days / length
        columns += [wave(k * angle) for k in range(1, HARMONICS + 1) for wave in (np.sin, np.cos)]
    return np.column_stack(columns)


def trend_prediction(frame: pd.DataFrame, y: Floats, train: Rows, test: Rows, history: dict[str, Any]) -> Floats:
    """A straight trend and the waves of the seasons of each series: what trees cannot go on with."""
    days, names = _moments(frame, history)
    start = float(np.nanmin(days[train]))
    span = max(float(np.nanmax(days[train])) - start, 1.0)
    lengths = [length for length in SEASONS_DAYS.values() if 2 * history["stepDays"] < length < span]
    found = np.full(len(test), float(y[train].mean()))
    for name in pd.unique(names[test]):
        known, asked = train[names[train] == name], names[test] == name
        if len(known) >= FEWEST_KNOWN:
            model = Ridge(alpha=0.1).fit(_waves(days[known], start, span, lengths), y[known])
            found[asked] = model.predict(_waves(days[test[asked]], start, span, lengths))
    return found


def history_predictions(
    frame: pd.DataFrame, y: Floats, train: Rows, test: Rows, history: dict[str, Any]
) -> dict[str, Floats]:
    """Predictions for the test rows by rule: `last value`, and `one <season> earlier` where history holds a season."""
    days, names = _moments(frame, history)
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
