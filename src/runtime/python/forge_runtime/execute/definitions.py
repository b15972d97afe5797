"""Metrics by their definition, on drawn rows: a thousand times faster than a general `evaluate`, which aligns by id.

Nothing here is believed by itself: a definition stands in for a metric.py only where it was shown to agree with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import Manifest

Array = np.ndarray[Any, Any]
Score = Callable[[Array], float]
"""From row numbers (with repetitions) to the score on those rows."""

MAX_CLASSES = 200


def definition(manifest: Manifest, submission: pd.DataFrame, truth: pd.DataFrame) -> tuple[Score, Array] | None:
    """The score of the named metric on rows of two aligned tables, and a class number for each row: of numbers, the
    smallest and the largest answer are classes of their own.

    None for several targets, unknown names, and tables that the definition does not cover.
    """
    columns = manifest.submission_columns
    if len(manifest.targets) != 1 or manifest.targets[0] not in truth or not columns:
        return None
    name, answers = str(manifest.section("metric").get("name")), truth[manifest.targets[0]]
    if answers.isna().any():
        return None
    classes = [str((column.get("of") or {}).get("class")) for column in columns]
    try:
        if name == "log-loss" and len(columns) > 1:
            shares = submission[[str(column.get("name")) for column in columns]].to_numpy(float)
            return _log_loss(shares, classes, answers.astype(str))
        if len(columns) != 1:
            return None
        predicted = submission[str(columns[0].get("name"))]
        if predicted.isna().any():
            return None
        if name in {"roc-auc", "average-precision"}:
            positive = (answers.astype(str) == classes[0]).to_numpy()
            return _ranking(name, predicted.to_numpy(float), positive), positive.astype(int)
        if columns[0].get("dtype") in {"label", "string"}:
            return _labels(name, columns[0], predicted.astype(str), answers.astype(str))
        score = _numbers(name, predicted.to_numpy(float), answers.to_numpy(float))
        return None if score is None else (score, _ends(answers.to_numpy(float)))
    except (ValueError, KeyError):
        return None  # values of another kind than the manifest says


def _ends(actual: Array) -> Array:
    return np.where(actual == actual.max(), 2, np.where(actual == actual.min(), 1, 0))


def _mean(values: Array, power: float = 1.0) -> Score:
    return lambda rows: float(values[rows].mean() ** power)


def _numbers(name: str, predicted: Array, actual: Array) -> Score | None:
    error = actual - predicted
    with np.errstate(all="ignore"):
        size = np.abs(predicted) + np.abs(actual)
        losses: dict[str, tuple[Array, float]] = {
            "rmse": (error**2, 0.5),
            "mae": (np.abs(error), 1.0),
            "rmsle": ((np.log1p(predicted) - np.log1p(actual)) ** 2, 0.5),
            "mape": (np.abs(error) / np.maximum(np.abs(actual), np.finfo(float).eps), 1.0),
            "smape": (2 * np.abs(error) / np.where(size == 0, 1, size), 1.0),
            "pinball": (np.maximum(0.9 * error, -0.1 * error), 1.0),
        }
    if name in losses:
        return _mean(*losses[name])
    if name == "r2":
        return lambda rows: float(1 - np.sum(error[rows] ** 2) / np.sum((actual[rows] - actual[rows].mean()) ** 2))
    return _spearman(predicted, actual) if name == "spearman" else None


def _spearman(predicted: Array, actual: Array) -> Score:
    codes = [np.unique(values, return_inverse=True)[1] for values in (predicted, actual)]

    def ranks(code: Array) -> Array:
        counts = np.bincount(code)
        middle: Array = np.cumsum(counts) - (counts - 1) / 2
        return middle[code]

    return lambda rows: float(np.corrcoef(ranks(codes[0][rows]), ranks(codes[1][rows]))[0, 1])


def _labels(
    name: str, column: Mapping[str, Any], predicted: pd.Series[Any], actual: pd.Series[Any]
) -> tuple[Score, Array] | None:
    """Scores from counts of (true, predicted) pairs. Levels stand in the order that the manifest allows them in."""
    names = [str(value) for value in column.get("allowed") or []] or sorted({*predicted, *actual})
    formula = _FORMULAS.get(name)
    if formula is None or len(names) > MAX_CLASSES:
        return None
    place = {label: number for number, label in enumerate(names)}
    codes = [series.map(place).to_numpy(float) for series in (actual, predicted)]
    if any(np.isnan(code).any() for code in codes):
        return None
    truth, guess = (code.astype(int) for code in codes)
    pairs, count = truth * len(names) + guess, len(names)

    def score(rows: Array) -> float:
        return formula(np.bincount(pairs[rows], minlength=count * count).reshape(count, count).astype(float))

    return score, truth


def _balanced_accuracy(pairs: Array) -> float:
    support = pairs.sum(axis=1)
    seen = support > 0
    return float(np.mean(np.diag(pairs)[seen] / support[seen]))


def _macro_f1(pairs: Array) -> float:
    total = pairs.sum(axis=0) + pairs.sum(axis=1)
    seen = total > 0
    return float(np.mean(2 * np.diag(pairs)[seen] / total[seen]))


def _mcc(pairs: Array) -> float:
    rows = pairs.sum()
    p, t = pairs.sum(axis=0) / rows, pairs.sum(axis=1) / rows
    if p.max() == 1 or t.max() == 1:
        return 0.0
    return float((np.trace(pairs) / rows - p @ t) / np.sqrt((1 - p @ p) * (1 - t @ t)))


def _kappa(pairs: Array) -> float:
    levels = np.arange(len(pairs))
    distance = (levels[:, None] - levels[None, :]) ** 2
    expected = np.outer(pairs.sum(axis=1), pairs.sum(axis=0)) / pairs.sum()
    spread = (distance * expected).sum()
    return 1.0 if spread == 0 else float(1 - (distance * pairs).sum() / spread)


def _level_error(pairs: Array) -> float:
    levels = np.arange(len(pairs))
    return float((np.abs(levels[:, None] - levels[None, :]) * pairs).sum() / pairs.sum())


_FORMULAS: dict[str, Callable[[Array], float]] = {
    "accuracy": lambda pairs: float(np.trace(pairs) / pairs.sum()),
    "balanced-accuracy": _balanced_accuracy,
    "macro-f1": _macro_f1,
    "mcc": _mcc,
    "quadratic-kappa": _kappa,
    "mae": _level_error,
}


def _ranking(name: str, predicted: Array, positive: Array) -> Score:
    """Both areas from the counts of positive and negative rows at each distinct probability."""
    values, code = np.unique(predicted, return_inverse=True)

    def score(rows: Array) -> float:
        told, drawn = positive[rows], code[rows]
        hits = np.bincount(drawn[told], minlength=len(values)).astype(float)
        misses = np.bincount(drawn[~told], minlength=len(values)).astype(float)
        n, m = hits.sum(), misses.sum()
        if name == "roc-auc":
            return 0.5 if n == 0 or m == 0 else float((hits * (np.cumsum(misses) - misses / 2)).sum() / (n * m))
        if n == 0:
            return 0.0
        found, asked = np.cumsum(hits[::-1]), np.cumsum((hits + misses)[::-1])
        return float((hits[::-1] / n * found / np.maximum(asked, 1)).sum())

    return score


def _log_loss(shares: Array, classes: list[str], actual: pd.Series[Any]) -> tuple[Score, Array] | None:
    place = actual.map({label: number for number, label in enumerate(classes)}).to_numpy(float)
    if np.isnan(place).any() or np.isnan(shares).any():
        return None
    truth = place.astype(int)
    chosen = (shares / shares.sum(axis=1, keepdims=True))[np.arange(len(truth)), truth]
    return _mean(np.log(1 / np.maximum(chosen, 1e-15))), truth
