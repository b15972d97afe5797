"""How much of a target something tells: its skill from train to test, with a standard error."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from forge_runtime.probes.leakage_frames import Frames, Target, some_rows
from forge_runtime.probes.signal_models import boosted, single
from forge_runtime.probes.signal_scores import Floats, Prediction

Json = dict[str, Any]

ROWS = 4000
SEED = 7
RESAMPLES = 40


class Yardstick:
    """One target, a sample of both parts, and skills on it: 0 as a constant, 1 perfect, negative when misleading.

    Classes: balanced accuracy between chance and 1. Numbers: RMSE between that of the mean and 0.
    """

    def __init__(self, frames: Frames, target: Target) -> None:
        self.frames, self.target = frames, target
        self.train_rows = some_rows(len(frames.train), ROWS, SEED)
        self.test_rows = some_rows(len(frames.test), ROWS, SEED)
        self.train, self.test = frames.train.iloc[self.train_rows], frames.test.iloc[self.test_rows]
        self.y, self.truth = target.train[self.train_rows], target.test[self.test_rows]
        self.classes = len(target.classes)
        self.metric = "balanced-accuracy" if self.classes else "rmse"

    def told(self, prediction: Floats) -> Json:
        """Skill and standard error of predictions for the test rows."""
        if self.classes:
            return class_skill(self.truth, prediction)
        return number_skill(self.truth, prediction, float(self.y.mean()))

    def feature(self, name: str) -> Json:
        return self.column(self.train[name], self.test[name], self.frames.kinds[name])

    def column(self, train: pd.Series[str], test: pd.Series[str], kind: str) -> Json:
        """What one column of text tells, given for the sampled rows of both parts."""
        frames = [pd.DataFrame({"it": column}) for column in (train, test)]
        feature = {"name": "it", "kind": kind}
        return self.told(
            single(frames[0], self.y, frames[1], feature, classes=self.classes, metric=self.metric, seed=SEED).value
        )

    def values(self, train: Floats, test: Floats, leaves: int = 64) -> Json:
        """What numbers tell, one or more columns, read by one small tree."""
        x, x_test = (np.asarray(v, dtype=float).reshape(len(v), -1) for v in (train, test))
        size: dict[str, Any] = {"max_leaf_nodes": leaves, "min_samples_leaf": 3, "random_state": SEED}
        if self.classes:
            tree = DecisionTreeClassifier(class_weight="balanced", **size).fit(x, self.y)
        else:
            tree = DecisionTreeRegressor(**size).fit(x, self.y)
        return self.told(np.asarray(tree.predict(x_test), dtype=float))

    def model(self, names: list[str]) -> Json:
        """Boosted trees over features."""
        if not names:
            return {"skill": 0.0, "error": 0.0}
        features = self.frames.described(names)
        prediction: Prediction = boosted(
            self.train, self.y, self.test, features, classes=self.classes, metric=self.metric, seed=SEED
        )
        return self.told(prediction.value)


def class_skill(truth: Floats, predicted: Floats) -> Json:
    classes, codes = np.unique(truth, return_inverse=True)
    if len(classes) < 2:
        return {"skill": 0.0, "error": 0.0}
    support = np.bincount(codes)
    recall = np.bincount(codes, weights=(truth == predicted).astype(float)) / support
    chance = 1 / len(classes)
    # One success and one failure more, so that a class of few rows is not taken for certain.
    smooth = (recall * support + 1) / (support + 2)
    error = float(np.sqrt(np.sum(smooth * (1 - smooth) / support))) / len(classes)
    return {"skill": float((recall.mean() - chance) / (1 - chance)), "error": error / (1 - chance)}


def number_skill(truth: Floats, predicted: Floats, constant: float) -> Json:
    squares, floor = (predicted - truth) ** 2, (constant - truth) ** 2
    if floor.sum() == 0:
        return {"skill": 0.0, "error": 0.0}
    generator = np.random.default_rng(SEED)
    rows = generator.integers(0, len(truth), (RESAMPLES, len(truth)))
    ratios = np.sqrt(squares[rows].sum(axis=1) / np.maximum(floor[rows].sum(axis=1), 1e-300))
    skill = 1 - float(np.sqrt(squares.sum() / floor.sum()))
    return {"skill": max(skill, -10.0), "error": float(np.std(np.minimum(ratios, 11.0)))}
