"""Scores of predictions under several metrics, and how sure a difference between two predictions is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

RESAMPLES = 200
"""Enough for a half-width that is right to about a tenth."""


@dataclass(frozen=True)
class Prediction:
    """For classes: the code of the label, and one column of probability per class. For numbers: the value only."""

    value: Floats
    probability: Floats | None = None

    def take(self, rows: Codes) -> "Prediction":
        return Prediction(self.value[rows], None if self.probability is None else self.probability[rows])


def confusion(truth: Floats, predicted: Floats, classes: int) -> Floats:
    cells = truth.astype(np.int64) * classes + predicted.astype(np.int64)
    return np.bincount(cells, minlength=classes * classes).reshape(classes, classes).astype(float)


def _label_score(metric: str, truth: Floats, predicted: Floats, classes: int) -> float:
    table = confusion(truth, predicted, classes)
    hits, actual, guessed = np.diag(table), table.sum(axis=1), table.sum(axis=0)
    seen = (actual > 0) | (guessed > 0)
    if metric == "accuracy":
        return float(hits.sum() / max(table.sum(), 1))
    if metric == "balanced-accuracy":
        return float(np.mean(hits[actual > 0] / actual[actual > 0]))
    if metric == "macro-f1":
        return float(np.mean(2 * hits[seen] / (actual + guessed)[seen]))
    if metric == "mcc":
        covariance = hits.sum() * table.sum() - actual @ guessed
        spread = (table.sum() ** 2 - guessed @ guessed) * (table.sum() ** 2 - actual @ actual)
        return float(covariance / np.sqrt(spread)) if spread > 0 else 0.0
    steps = np.subtract.outer(np.arange(classes), np.arange(classes)) ** 2.0  # quadratic-kappa
    expected = np.outer(actual, guessed) / max(table.sum(), 1)
    disagreement = (steps * expected).sum()
    return float(1 - (steps * table).sum() / disagreement) if disagreement > 0 else 0.0


def _number_score(metric: str, truth: Floats, predicted: Floats) -> float:
    error = predicted - truth
    if metric == "rmse":
        return float(np.sqrt(np.mean(error**2)))
    if metric == "mae":
        return float(np.mean(np.abs(error)))
    if metric == "r2":
        spread = float(np.sum((truth - truth.mean()) ** 2))
        return 1 - float(np.sum(error**2)) / spread if spread > 0 else 0.0
    floor = np.log1p(np.maximum(predicted, 0)) - np.log1p(np.maximum(truth, 0))  # rmsle
    return float(np.sqrt(np.mean(floor**2)))


def _ranking_score(metric: str, positive: NDArray[np.bool_], ranked: Floats) -> float:
    """ROC AUC or average precision with tied ranks shared, as scikit-learn defines them; no checks, for speed."""
    order = np.argsort(-ranked, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(ranked[order])), len(order) - 1)
    hits = np.cumsum(positive[order])[ends].astype(float)
    misses = ends + 1 - hits
    if metric == "average-precision":
        return float(np.sum(np.diff(hits, prepend=0) * hits / (ends + 1)) / hits[-1])
    widths, heights = np.diff(misses, prepend=0), hits - np.diff(hits, prepend=0) / 2
    return float(np.sum(widths * heights) / (hits[-1] * misses[-1]))


def score(metric: str, truth: Floats, prediction: Prediction, classes: int) -> float | None:
    """The score, or None where it is not defined: one class only, or no probabilities."""
    if metric in ("rmse", "mae", "r2", "rmsle"):
        return _number_score(metric, truth, prediction.value)
    if metric in ("roc-auc", "average-precision"):
        positive = truth == classes - 1
        if prediction.probability is None or positive.all() or not positive.any():
            return None
        return _ranking_score(metric, positive, prediction.probability[:, classes - 1])
    if metric == "log-loss":
        if prediction.probability is None:
            return None
        chance = prediction.probability[np.arange(len(truth)), truth.astype(np.int64)]
        return float(-np.mean(np.log(np.clip(chance, 1e-15, 1))))
    return _label_score(metric, truth, prediction.value, classes)


def paired_gain(
    metric: str, truth: Floats, better: Prediction, worse: Prediction, *, classes: int, seed: int
) -> dict[str, float | None] | None:
    """Score of `better` minus score of `worse` and its 95 % half-width, from a paired bootstrap."""
    measure: Callable[[Floats, Prediction], float | None] = lambda y, p: score(metric, y, p, classes)  # noqa: E731
    high, low = measure(truth, better), measure(truth, worse)
    if high is None or low is None:
        return None
    generator = np.random.default_rng(seed)
    differences: list[float] = []
    for _ in range(RESAMPLES):
        rows = generator.integers(0, len(truth), len(truth))
        one, other = measure(truth[rows], better.take(rows)), measure(truth[rows], worse.take(rows))
        if one is not None and other is not None:
            differences.append(one - other)
    half = 1.96 * float(np.std(differences)) if len(differences) > 1 else None
    return {"value": high - low, "halfWidth": half}
