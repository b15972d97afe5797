"""Scores by scikit-learn for metrics whose definition leaves no choice: a second opinion on metric.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from sklearn import metrics as sk

from forge_runtime.package import Manifest


def _rmse(truth: Any, predicted: Any) -> float:
    return float(np.sqrt(np.mean((np.asarray(truth, float) - np.asarray(predicted, float)) ** 2)))


def _smape(truth: Any, predicted: Any) -> float:
    size = np.abs(truth) + np.abs(predicted)
    return float(np.mean(np.where(size == 0, 0.0, 2 * np.abs(predicted - truth) / np.where(size == 0, 1, size))))


_LABELS: dict[str, Callable[[Any, Any], float]] = {
    "accuracy": sk.accuracy_score,
    "balanced-accuracy": sk.balanced_accuracy_score,
    "macro-f1": lambda y, p: sk.f1_score(y, p, average="macro", zero_division=0),
    "mcc": sk.matthews_corrcoef,
}
_NUMBERS: dict[str, Callable[[Any, Any], float]] = {
    "rmse": _rmse,
    "mae": sk.mean_absolute_error,
    "rmsle": lambda y, p: _rmse(np.log1p(y), np.log1p(p)),
    "mape": sk.mean_absolute_percentage_error,
    "smape": _smape,
    "r2": sk.r2_score,
    "spearman": lambda y, p: float(np.corrcoef(pd.Series(y).rank(), pd.Series(p).rank())[0, 1]),
    "pinball": lambda y, p: sk.mean_pinball_loss(y, p, alpha=0.9),
}


def reference_score(manifest: Manifest, submission: pd.DataFrame, answers: pd.DataFrame) -> float | None:
    """The score of one target's predictions in the order of the answers; None where no reference applies."""
    name, columns = str(manifest.section("metric").get("name")), manifest.submission_columns
    if len(columns) != 1 or len(manifest.targets) != 1:
        return None
    truth, predicted = answers[manifest.targets[0]], submission[str(columns[0].get("name"))]
    if truth.isna().any() or truth.nunique() < 2:
        return None
    try:
        if name in _LABELS and columns[0].get("dtype") == "label":
            return float(_LABELS[name](truth.astype(str), predicted.astype(str)))
        if name in _NUMBERS and columns[0].get("dtype") in {"number", "integer"}:
            return float(_NUMBERS[name](truth.astype(float).to_numpy(), predicted.astype(float).to_numpy()))
        if name in {"roc-auc", "average-precision"} and columns[0].get("dtype") == "probability":
            measure = sk.roc_auc_score if name == "roc-auc" else sk.average_precision_score
            positive = truth.astype(str) == str((columns[0].get("of") or {}).get("class"))
            return float(measure(positive, predicted.astype(float)))
    except ValueError:
        return None  # not defined for these answers
    return None
