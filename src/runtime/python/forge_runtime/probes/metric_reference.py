"""Scores of the registry's metrics by scikit-learn, or by their definition: a second opinion on metric.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from sklearn import metrics as sk

from forge_runtime.package import Manifest

DEEPEST = 10
"""Items of a ranked list that count."""
LEAST_PROBABILITY = 1e-15


def _rmse(truth: Any, predicted: Any) -> float:
    return float(np.sqrt(np.mean((np.asarray(truth, float) - np.asarray(predicted, float)) ** 2)))


def _smape(truth: Any, predicted: Any) -> float:
    size = np.abs(truth) + np.abs(predicted)
    return float(np.mean(np.where(size == 0, 0.0, 2 * np.abs(predicted - truth) / np.where(size == 0, 1, size))))


def _spearman(truth: Any, predicted: Any) -> float:
    if np.ptp(predicted) == 0:
        return 0.0
    return float(np.corrcoef(pd.Series(truth).rank(), pd.Series(predicted).rank())[0, 1])


def _average_precision(relevant: set[str], items: list[str]) -> float:
    hits = [item in relevant for item in items[:DEEPEST]]
    found = sum(sum(hits[: rank + 1]) / (rank + 1) for rank, hit in enumerate(hits) if hit)
    return found / min(len(relevant), DEEPEST)


def _ndcg(relevant: set[str], items: list[str]) -> float:
    gained = sum(1 / np.log2(rank + 2) for rank, item in enumerate(items[:DEEPEST]) if item in relevant)
    return float(gained / sum(1 / np.log2(rank + 2) for rank in range(min(len(relevant), DEEPEST))))


_LABELS: dict[str, Callable[[Any, Any], float]] = {
    "accuracy": sk.accuracy_score,
    "balanced-accuracy": sk.balanced_accuracy_score,
    "macro-f1": lambda y, p: sk.f1_score(y, p, average="macro", zero_division=0),
    "mcc": sk.matthews_corrcoef,
}
_LEVELS: dict[str, Callable[[Any, Any], float]] = {
    "quadratic-kappa": lambda y, p: sk.cohen_kappa_score(y, p, weights="quadratic"),
    "mae": sk.mean_absolute_error,
}
_NUMBERS: dict[str, Callable[[Any, Any], float]] = {
    "rmse": _rmse,
    "mae": sk.mean_absolute_error,
    "rmsle": lambda y, p: _rmse(np.log1p(y), np.log1p(p)),
    "mape": sk.mean_absolute_percentage_error,
    "smape": _smape,
    "r2": sk.r2_score,
    "spearman": _spearman,
    "pinball": lambda y, p: sk.mean_pinball_loss(y, p, alpha=0.9),
}
_LISTS: dict[str, Callable[[set[str], list[str]], float]] = {
    "map-at-k": _average_precision,
    "ndcg-at-k": _ndcg,
}


def reference_score(manifest: Manifest, submission: pd.DataFrame, answers: pd.DataFrame) -> float | None:
    """The score of predictions in the order of the answers; None where no reference applies or no score is defined."""
    if answers[manifest.targets].isna().any(axis=None):
        return None
    try:
        score = _score(manifest, submission, answers)
    except ValueError:
        return None  # not defined for these answers
    return score if score is not None and np.isfinite(score) else None


def _score(manifest: Manifest, submission: pd.DataFrame, answers: pd.DataFrame) -> float | None:
    name, columns = str(manifest.section("metric").get("name")), manifest.submission_columns
    kinds = {str(column.get("dtype")) for column in columns}
    if name in _NUMBERS and kinds <= {"number", "integer"}:
        return _numbers(name, columns, submission, answers)
    if len(manifest.targets) != 1 or answers[manifest.targets[0]].nunique() < 2:
        return None
    truth = answers[manifest.targets[0]].astype(str)
    if name == "log-loss" and kinds == {"probability"} and len(columns) > 1:
        return _log_loss(columns, submission, truth)
    if len(columns) != 1:
        return None
    predicted = submission[str(columns[0].get("name"))]
    if kinds == {"label"}:
        return _labels(name, columns[0], predicted.astype(str), truth)
    if name in _LISTS and kinds == {"ranked-list"}:
        pairs = zip(truth, predicted.astype(str), strict=True)
        return float(np.mean([_LISTS[name](set(wanted.split()), items.split()) for wanted, items in pairs]))
    if name in {"roc-auc", "average-precision"} and kinds == {"probability"}:
        measure = sk.roc_auc_score if name == "roc-auc" else sk.average_precision_score
        positive = truth == str((columns[0].get("of") or {}).get("class"))
        return float(measure(positive, predicted.astype(float)))
    return None


def _numbers(name: str, columns: list[Any], submission: pd.DataFrame, answers: pd.DataFrame) -> float | None:
    """Several targets are scored one by one, and averaged."""
    scores = []
    for column in columns:
        target = (column.get("of") or {}).get("column") or column.get("name")
        truth = answers[str(target)].astype(float).to_numpy()
        if len(np.unique(truth)) < 2:
            return None
        scores.append(float(_NUMBERS[name](truth, submission[str(column.get("name"))].astype(float).to_numpy())))
    return float(np.mean(scores))


def _labels(name: str, column: Any, predicted: pd.Series[str], truth: pd.Series[str]) -> float | None:
    if name in _LABELS:
        return float(_LABELS[name](truth, predicted))
    levels = {str(level): place for place, level in enumerate(column.get("allowed") or [])}
    if name not in _LEVELS or not set(truth) | set(predicted) <= set(levels):
        return None
    return float(_LEVELS[name](truth.map(levels), predicted.map(levels)))


def _log_loss(columns: list[Any], submission: pd.DataFrame, truth: pd.Series[str]) -> float | None:
    places = {str((column.get("of") or {}).get("class")): place for place, column in enumerate(columns)}
    if not set(truth) <= set(places):
        return None
    chances = submission[[str(column.get("name")) for column in columns]].astype(float).to_numpy()
    chances = chances / chances.sum(axis=1, keepdims=True)
    chosen = chances[np.arange(len(truth)), truth.map(places).to_numpy()]
    return float(np.mean(-np.log(np.maximum(chosen, LEAST_PROBABILITY))))
