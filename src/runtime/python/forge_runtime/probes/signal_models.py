"""Quick models of a few CPU seconds: a constant, one feature, boosted trees, TF-IDF with a linear model."""

from typing import Any

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from forge_runtime.probes.signal_scores import Floats, Prediction
from forge_runtime.probes.signal_values import TEXT_TERMS, Encoder, numbers

ROUNDS = 80
BINS = 200
MANY_CLASSES = 8
"""Boosting fits one tree per class and round; beyond this many classes there are fewer rounds."""
BALANCED = ("macro-f1", "balanced-accuracy")
SMOOTHING = 4.0


def constant(train: Floats, rows: int, classes: int, metric: str) -> Prediction:
    """The best constant for the metric: prior and majority class, median, mean, or mean of the logarithm."""
    if classes:
        prior = np.bincount(train.astype(np.int64), minlength=classes) / len(train)
        return Prediction(np.full(rows, float(prior.argmax())), np.tile(prior, (rows, 1)))
    if metric == "mae":
        value = float(np.median(train))
    elif metric == "rmsle":
        value = float(np.expm1(np.mean(np.log1p(np.maximum(train, 0)))))
    else:
        value = float(train.mean())
    return Prediction(np.full(rows, value))


def _classified(model: Any, x: Any, classes: int) -> Prediction:
    known = model.classes_.astype(np.int64)
    probability = np.zeros((x.shape[0], classes))
    probability[:, known] = model.predict_proba(x)
    return Prediction(probability.argmax(axis=1).astype(float), probability)


def _weights(y: Floats, metric: str) -> Any:
    """Classes weigh the same where the metric says so."""
    return "balanced" if metric in BALANCED and len(np.unique(y)) > 1 else None


def _binned(x: Floats, x_test: Floats) -> tuple[Floats, Floats]:
    """Columns with many values as quantile numbers of the train part: weighted binning in the library is slow."""
    binned, binned_test = x.copy(), x_test.copy()
    for at in range(x.shape[1]):
        known = x[np.isfinite(x[:, at]), at]
        if len(known) <= BINS or len(np.unique(known)) <= BINS:
            continue
        edges = np.unique(np.quantile(known, np.linspace(0, 1, BINS + 1)[1:-1]))
        for source, target in ((x, binned), (x_test, binned_test)):
            present = np.isfinite(source[:, at])
            target[present, at] = np.searchsorted(edges, source[present, at], side="right")
    return binned, binned_test


def boosted(
    train: pd.DataFrame,
    y: Floats,
    test: pd.DataFrame,
    features: list[dict[str, Any]],
    *,
    classes: int,
    metric: str,
    seed: int,
) -> Prediction:
    """Boosted trees over all features."""
    encoder = Encoder(features, seed).fit(train)
    x, x_test = _binned(encoder.transform(train), encoder.transform(test))
    common: dict[str, Any] = {
        "categorical_features": encoder.categorical if any(encoder.categorical) else None,
        "max_iter": ROUNDS // 2 if classes > MANY_CLASSES else ROUNDS,
        "max_leaf_nodes": 15 if classes > 2 else 31,
        "min_samples_leaf": max(3, min(20, len(y) // 50)),
        "early_stopping": False,
        "random_state": seed,
    }
    if classes:
        classifier = HistGradientBoostingClassifier(class_weight=_weights(y, metric), **common).fit(x, y)
        return _classified(classifier, x_test, classes)
    loss = "absolute_error" if metric == "mae" else "squared_error"
    logged = metric == "rmsle"
    regressor = HistGradientBoostingRegressor(loss=loss, **common).fit(x, np.log1p(y) if logged else y)
    value = regressor.predict(x_test)
    return Prediction(np.maximum(np.expm1(value), 0) if logged else value)


def linear_text(
    train: pd.DataFrame, y: Floats, test: pd.DataFrame, columns: list[str], *, classes: int, metric: str
) -> Prediction | None:
    """TF-IDF over the joined text columns and a linear model; None when no word occurs twice."""
    documents = [frame[columns].agg(" ".join, axis=1) for frame in (train, test)]
    vectorizer = TfidfVectorizer(max_features=TEXT_TERMS, min_df=2, sublinear_tf=True, ngram_range=(1, 2))
    try:
        x = vectorizer.fit_transform(documents[0])
    except ValueError:
        return None
    x_test = vectorizer.transform(documents[1])
    if not classes:
        logged = metric == "rmsle"
        value = Ridge(alpha=1.0).fit(x, np.log1p(y) if logged else y).predict(x_test)
        return Prediction(np.maximum(np.expm1(value), 0) if logged else value)
    if len(np.unique(y)) < 2:
        return None
    model = LinearSVC(class_weight=_weights(y, metric), random_state=0).fit(x, y)
    margin = model.decision_function(x_test)
    if margin.ndim == 1:
        margin = np.column_stack([-margin, margin])
    shares = np.exp(2 * (margin - margin.max(axis=1, keepdims=True)))
    probability = np.zeros((x_test.shape[0], classes))
    probability[:, model.classes_.astype(np.int64)] = shares / shares.sum(axis=1, keepdims=True)
    return Prediction(probability.argmax(axis=1).astype(float), probability)


def _target_means(train: pd.Series, y: Floats, test: pd.Series, classes: int) -> tuple[Floats, Floats]:
    """Each level by the smoothed mean of the target (one per class), learnt on train rows."""
    goals = np.eye(classes)[y.astype(np.int64)] if classes else y[:, None]
    overall = goals.mean(axis=0)
    codes, levels = pd.factorize(train, sort=False)
    counts = np.bincount(codes, minlength=len(levels))[:, None]
    sums = np.column_stack([np.bincount(codes, weights=column, minlength=len(levels)) for column in goals.T])
    means = np.vstack([(sums + SMOOTHING * overall) / (counts + SMOOTHING), overall])
    return means[codes], means[pd.Index(levels).get_indexer(test)]


def single(
    train: pd.DataFrame, y: Floats, test: pd.DataFrame, feature: dict[str, Any], *, classes: int, metric: str, seed: int
) -> Prediction:
    """What one feature alone can tell, read by one small tree."""
    name, kind = feature["name"], feature["kind"]
    if kind in ("category", "boolean", "text"):
        x, x_test = _target_means(train[name], y, test[name], classes)
    elif kind == "datetime":
        encoder = Encoder([feature], seed).fit(train)
        x, x_test = encoder.transform(train), encoder.transform(test)
    else:
        x, x_test = numbers(train[name])[:, None], numbers(test[name])[:, None]
    size: dict[str, Any] = {"max_leaf_nodes": 64, "min_samples_leaf": 3, "random_state": seed}
    if classes:
        tree = DecisionTreeClassifier(class_weight=_weights(y, metric), **size).fit(x, y)
        return _classified(tree, x_test, classes)
    logged = metric == "rmsle"
    value = DecisionTreeRegressor(**size).fit(x, np.log1p(y) if logged else y).predict(x_test)
    return Prediction(np.expm1(value) if logged else value)
