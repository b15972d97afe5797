"""Scores of the registry's metrics by scikit-learn, or by their definition: a second opinion on metric.py."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn import metrics as sk

from forge_runtime.package import Manifest

DEEPEST = 10
"""Items of a ranked list that count."""
LEAST_PROBABILITY = 1e-15
ROUNDING = 1e-6
"""Probabilities of a row that miss 1 by more are to be rescaled, which is a convention."""


@dataclass(frozen=True)
class Expected:
    """What the definition of a metric says of a submission."""

    score: float
    settled: bool = True
    """False where the formula leaves the score open (0 / 0): then it is the convention of the registry, and a refusal
    is as good."""


def _rmse(truth: Any, predicted: Any) -> float:
    return float(np.sqrt(np.mean((np.asarray(truth, float) - np.asarray(predicted, float)) ** 2)))


def _smape(truth: Any, predicted: Any) -> float:
    size = np.abs(truth) + np.abs(predicted)
    return float(np.mean(np.where(size == 0, 0.0, 2 * np.abs(predicted - truth) / np.where(size == 0, 1, size))))


def _spearman(truth: Any, predicted: Any) -> float:
    return float(np.corrcoef(pd.Series(truth).rank(), pd.Series(predicted).rank())[0, 1])


def _balanced_accuracy(truth: Any, predicted: Any) -> float:
    return float(np.mean([np.mean(predicted[truth == label] == label) for label in np.unique(truth)]))


def _macro_f1(truth: Any, predicted: Any) -> float:
    named = [(truth == label, predicted == label) for label in np.union1d(truth, predicted)]
    return float(np.mean([2 * np.sum(true & told) / (true.sum() + told.sum()) for true, told in named]))


def _average_precision(relevant: set[str], items: list[str]) -> float:
    hits = [item in relevant for item in items[:DEEPEST]]
    found = sum(sum(hits[: rank + 1]) / (rank + 1) for rank, hit in enumerate(hits) if hit)
    return found / min(len(relevant), DEEPEST)


def _ndcg(relevant: set[str], items: list[str]) -> float:
    gained = sum(1 / np.log2(rank + 2) for rank, item in enumerate(items[:DEEPEST]) if item in relevant)
    return float(gained / sum(1 / np.log2(rank + 2) for rank in range(min(len(relevant), DEEPEST))))


_LABELS: dict[str, Callable[[Any, Any], float]] = {
    "accuracy": sk.accuracy_score,
    "balanced-accuracy": _balanced_accuracy,
    "macro-f1": _macro_f1,
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


_PROBABILITIES = {"roc-auc", "average-precision", "log-loss"}


def is_known(manifest: Manifest) -> bool:
    """Whether there is a definition of the metric here; a task may have one of its own."""
    name = str(manifest.section("metric").get("name"))
    return any(name in names for names in (_LABELS, _LEVELS, _NUMBERS, _LISTS, _PROBABILITIES))


def reference_score(manifest: Manifest, submission: pd.DataFrame, answers: pd.DataFrame) -> Expected | None:
    """The score of predictions in the order of the answers; None where no reference applies or nothing is defined."""
    if any(answers[target].hasnans for target in manifest.targets):
        return None
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            expected = _score(manifest, submission, answers)
    except ValueError:
        return None  # not defined for these answers
    return expected if expected is not None and np.isfinite(expected.score) else None


def _score(manifest: Manifest, submission: pd.DataFrame, answers: pd.DataFrame) -> Expected | None:
    name, columns = str(manifest.section("metric").get("name")), manifest.submission_columns
    kinds = {str(column.get("dtype")) for column in columns}
    if name in _NUMBERS and kinds <= {"number", "integer"}:
        return _numbers(name, columns, submission, answers)
    if len(manifest.targets) != 1:
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
        return Expected(float(np.mean([_LISTS[name](set(wanted.split()), items.split()) for wanted, items in pairs])))
    if name in {"roc-auc", "average-precision"} and kinds == {"probability"}:
        positive = truth == str((columns[0].get("of") or {}).get("class"))
        return _ranking(name, positive.to_numpy(), predicted.astype(float).to_numpy())
    return None


def _ranking(name: str, positive: Any, predicted: Any) -> Expected:
    """Nothing to rank above, or nothing to find: half of the pairs are right, and nothing is found."""
    if name == "roc-auc":
        one = positive.all() or not positive.any()
        return Expected(0.5, settled=False) if one else Expected(float(sk.roc_auc_score(positive, predicted)))
    if not positive.any():
        return Expected(0.0, settled=False)
    return Expected(float(sk.average_precision_score(positive, predicted)))


def _numbers(name: str, columns: list[Any], submission: pd.DataFrame, answers: pd.DataFrame) -> Expected | None:
    """Several targets are scored one by one, and averaged."""
    scores = []
    for column in columns:
        target = (column.get("of") or {}).get("column") or column.get("name")
        truth = answers[str(target)].astype(float).to_numpy()
        one = _number(name, truth, submission[str(column.get("name"))].astype(float).to_numpy())
        if one is None:
            return None
        scores.append(one)
    return Expected(float(np.mean([one.score for one in scores])), all(one.settled for one in scores))


def _number(name: str, truth: Any, predicted: Any) -> Expected | None:
    if name == "mape" and (truth == 0).any():
        return None  # an error has no size relative to 0
    if name == "r2" and np.ptp(truth) == 0:
        return Expected(float(np.array_equal(truth, predicted)), settled=False)
    if name == "spearman" and (np.ptp(truth) == 0 or np.ptp(predicted) == 0):
        return Expected(0.0, settled=False)
    settled = name != "smape" or not ((truth == 0) & (predicted == 0)).any()
    return Expected(float(_NUMBERS[name](truth, predicted)), settled)


def _labels(name: str, column: Any, predicted: pd.Series[str], truth: pd.Series[str]) -> Expected | None:
    allowed = [str(label) for label in column.get("allowed") or []]
    if name in _LABELS:
        return _classes(name, set(allowed), predicted, truth)
    levels = {level: place for place, level in enumerate(allowed)}
    if name not in _LEVELS or not set(truth) | set(predicted) <= set(levels):
        return None
    if name == "quadratic-kappa" and len(set(truth) | set(predicted)) == 1:
        return Expected(1.0, settled=False)
    return Expected(float(_LEVELS[name](truth.map(levels), predicted.map(levels))))


def _classes(name: str, allowed: set[str], predicted: pd.Series[str], truth: pd.Series[str]) -> Expected:
    """A mean over classes leaves classes out that nobody named, which the formula does not say."""
    if name == "mcc" and (truth.nunique() == 1 or predicted.nunique() == 1):
        return Expected(0.0, settled=False)
    named = set(truth) if name == "balanced-accuracy" else set(truth) | set(predicted)
    settled = name in {"accuracy", "mcc"} or (allowed | set(predicted)) <= named
    codes = pd.factorize(pd.concat([truth, predicted]))[0]
    return Expected(float(_LABELS[name](codes[: len(truth)], codes[len(truth) :])), settled)


def _log_loss(columns: list[Any], submission: pd.DataFrame, truth: pd.Series[str]) -> Expected | None:
    places = {str((column.get("of") or {}).get("class")): place for place, column in enumerate(columns)}
    if not set(truth) <= set(places):
        return None
    chances = submission[[str(column.get("name")) for column in columns]].astype(float).to_numpy()
    total = chances.sum(axis=1, keepdims=True)
    chosen = (chances / total)[np.arange(len(truth)), truth.map(places).to_numpy()]
    settled = bool((np.abs(total - 1) < ROUNDING).all())
    return Expected(float(np.mean(-np.log(np.maximum(chosen, LEAST_PROBABILITY)))), settled)
