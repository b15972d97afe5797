"""Job: which columns give a target away. For each candidate, what every feature tells alone and what
restates the target.

Measures only; which figure is a leak is judged in TypeScript.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.probes.signal_decided import decided
from forge_runtime.probes.signal_exact import formulas, restated
from forge_runtime.probes.signal_goal import Goal, as_numbers, goal_of, has_numbers, sample
from forge_runtime.probes.signal_models import boosted, constant, single
from forge_runtime.probes.signal_scores import Prediction, score
from forge_runtime.probes.signal_splits import Rows, split
from forge_runtime.probes.signal_tables import Tables
from forge_runtime.probes.signal_values import normalized, numbers
from forge_runtime.probes.signal_views import FEW_LEVELS, as_feature, emptiness, is_counter, views

ROWS = 6000
SUSPICIOUS = 0.5
"""Skill alone from which a feature is left out of the comparison model."""
WORTH_TELLING = 0.05


def skill(metric: str, reached: float, floor: float) -> float:
    """Share of the way from the constant's score to the best that is covered: 0 as the constant, 1 perfect."""
    best = 0.0 if metric == "rmse" else 1.0
    return (reached - floor) / (best - floor) if best != floor else 0.0


class Screen:
    """One candidate on one holdout split: scores of features and views against the constant."""

    def __init__(self, goal: Goal, parts: tuple[Rows, Rows], seed: int) -> None:
        self.goal, self.seed = goal, seed
        self.rows, self.test = parts
        self.metric = "balanced-accuracy" if goal.classes else "rmse"
        self.plain = "accuracy" if goal.classes else "rmse"
        floor = constant(goal.y[self.rows], len(self.test), len(goal.classes), self.plain)
        self.floor = {name: self._score(name, floor) for name in {self.metric, self.plain}}

    def _score(self, metric: str, prediction: Prediction) -> float:
        reached = score(metric, self.goal.y[self.test], prediction, len(self.goal.classes))
        return 0.0 if reached is None else reached

    def _told(self, balanced: Prediction, plain: Prediction) -> dict[str, float]:
        return {
            "skill": skill(self.metric, self._score(self.metric, balanced), self.floor[self.metric]),
            "score": self._score(self.plain, plain),
        }

    def alone(self, column: pd.Series, feature: dict[str, Any]) -> dict[str, float]:
        frame = pd.DataFrame({feature["name"]: column})
        train, test = frame.iloc[self.rows], frame.iloc[self.test]
        y, classes = self.goal.y[self.rows], len(self.goal.classes)
        balanced = single(train, y, test, feature, classes=classes, metric=self.metric, seed=self.seed)
        plain = (
            balanced
            if self.plain == self.metric
            else single(train, y, test, feature, classes=classes, metric=self.plain, seed=self.seed)
        )
        return self._told(balanced, plain)

    def without(self, features: list[dict[str, Any]]) -> dict[str, float]:
        """The boosted model on what is left of the features."""
        train, test = self.goal.frame.iloc[self.rows], self.goal.frame.iloc[self.test]
        y, classes = self.goal.y[self.rows], len(self.goal.classes)
        prediction = boosted(train, y, test, features, classes=classes, metric=self.metric, seed=self.seed)
        return self._told(prediction, prediction)

    def order(self) -> dict[str, float]:
        """What the row number tells, and what the row before tells."""
        place = pd.Series(self.goal.places.astype(str))
        before = self.goal.labels.shift(1, fill_value="")
        return {
            "place": self.alone(place, {"name": "place", "kind": "number"})["skill"],
            "before": self.alone(before, {"name": "before", "kind": "category" if self.goal.classes else "number"})[
                "skill"
            ],
        }


def _features(screen: Screen, features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    told = []
    for feature in features:
        column = screen.goal.frame[feature["name"]]
        counter = feature["kind"] == "number" and is_counter(numbers(column))
        constant_here = column.nunique() < 2
        told.append(
            {"name": feature["name"], **screen.alone(column, feature), "counter": counter, "constant": constant_here}
        )
    return told


def _views(screen: Screen, features: list[dict[str, Any]], inspect: list[str]) -> list[dict[str, Any]]:
    """Views of identifiers; of features only last digits, rare levels and emptiness."""
    found = []
    kinds = {feature["name"]: feature["kind"] for feature in features if feature["kind"] != "text"}
    for name in [*kinds, *inspect]:
        column = screen.goal.frame[name]
        kind = kinds.get(name)
        pairs = [] if kind in ("category", "boolean") and column.nunique() <= FEW_LEVELS else list(views(column))
        if kind not in (None, "category", "boolean"):
            pairs = [pair for pair in pairs if pair[0].startswith("last")]
        empty = emptiness(column)
        if empty is not None:
            pairs.append(("emptiness", empty))
        for view, values in pairs:
            told = screen.alone(values, as_feature(name))
            if told["skill"] >= WORTH_TELLING:
                found.append({"column": name, "view": view, **told})
    return found


def _duplicates(goal: Goal, features: list[dict[str, Any]]) -> dict[str, int]:
    """Rows that repeat an earlier row in every feature, also in normalised form, and those with another target."""
    columns = {
        f["name"]: normalized(goal.frame[f["name"]]) if f["kind"] == "text" else goal.frame[f["name"]] for f in features
    }
    frame = pd.DataFrame(columns)
    repeated = frame.duplicated()
    exact = goal.frame[[f["name"] for f in features]].duplicated()
    keys = pd.util.hash_pandas_object(frame, index=False)
    conflicting = goal.labels.groupby(np.asarray(keys)).nunique() > 1
    return {"exact": int(exact.sum()), "normalized": int(repeated.sum()), "conflicting": int(conflicting.sum())}


def _counts(goal: Goal) -> list[dict[str, Any]]:
    counts = goal.labels.value_counts()
    return [{"label": label, "count": int(counts[label])} for label in goal.classes]


def _test_support(goal: Goal, plan: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Rows of each class in the test part that the proposed split would give."""
    if not goal.classes:
        return None
    _, test = split(goal.frame, goal.labels, plan)
    counts = np.bincount(goal.y[test].astype(np.int64), minlength=len(goal.classes))
    return [{"label": label, "count": int(n)} for label, n in zip(goal.classes, counts, strict=True)]


def measure(tables: Tables, candidate: dict[str, Any], seed: int) -> dict[str, Any]:
    """All measurements of one candidate. `rows` is 0 when nothing can be measured."""
    frame = tables.joined(candidate["source"])
    full = goal_of(frame, candidate)
    counts_rows = not full.classes and is_counter(full.y)
    result: dict[str, Any] = {
        "id": candidate["id"],
        "rows": len(full.y),
        "classes": _counts(full) if full.classes else None,
        "counter": counts_rows,
    }
    result["duplicates"] = _duplicates(full, candidate["features"]) if candidate["features"] else None
    result["support"] = _test_support(full, candidate["split"])
    goal = sample(full, ROWS, seed)
    parts = split(goal.frame, goal.labels if goal.classes else None, candidate["split"])
    if min(len(parts[0]), len(parts[1])) < 10 or len(np.unique(goal.y)) < 2:
        return {
            **result,
            "floor": None,
            "features": [],
            "views": [],
            "formulas": [],
            "restated": [],
            "clean": None,
            "order": None,
        }
    screen = Screen(goal, parts, seed)
    told = _features(screen, candidate["features"])
    suspects = {item["name"] for item in told if item["skill"] >= SUSPICIOUS or item["counter"]}
    texts = [f["name"] for f in candidate["features"] if f["kind"] in ("text", "category")]
    values = [f["name"] for f in candidate["features"] if f["kind"] in ("number", "latitude", "longitude")]
    short = [f["name"] for f in candidate["features"] if f["kind"] in ("number", "category", "boolean")]
    exact = (decided(goal, short) if goal.classes else []) + (
        formulas(as_numbers(goal), values) if has_numbers(goal) else []
    )
    said = restated(goal, texts + candidate["inspect"], seed)
    suspects |= {name for item in exact for name in item["columns"]} | {
        item["column"] for item in said if item["share"] > 2 * item["chance"]
    }
    left = [feature for feature in candidate["features"] if feature["name"] not in suspects]
    return {
        **result,
        "floor": screen.floor[screen.plain],
        "features": told,
        "views": _views(screen, candidate["features"], candidate["inspect"]),
        "formulas": exact,
        "restated": said,
        "clean": screen.without(left) if suspects and left else None,
        "order": screen.order(),
    }


def run(args: dict[str, Any], paths: dict[str, Path]) -> dict[str, Any]:
    """`args` has seed and candidates; the mount `dataset` is the raw dataset."""
    tables = Tables(paths["dataset"])
    return {"candidates": [measure(tables, candidate, args["seed"]) for candidate in args["candidates"]]}
