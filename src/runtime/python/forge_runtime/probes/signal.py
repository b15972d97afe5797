"""Job: what a candidate's clean features can predict, under the split that is proposed and under a random one.

For each split: scores of the constant, of the best single feature, of quick models, and how sure their differences are.
"""

from pathlib import Path
from typing import Any

import numpy as np

from forge_runtime.probes.signal_goal import Goal, goal_of
from forge_runtime.probes.signal_models import boosted, constant, linear_text, single
from forge_runtime.probes.signal_scores import Codes, Prediction, paired_gain, score
from forge_runtime.probes.signal_series import history_predictions, trend_prediction
from forge_runtime.probes.signal_splits import split
from forge_runtime.probes.signal_tables import Tables

TRAIN_ROWS = 6000
TEST_ROWS = 3000
DRAWS = 21


def _bounded(rows: Codes, most: int, seed: int) -> Codes:
    if len(rows) <= most:
        return rows
    return np.sort(np.random.default_rng(seed).permutation(rows)[:most])


class Trial:
    """One candidate, one split, one metric at a time."""

    def __init__(self, goal: Goal, train: Codes, test: Codes, features: list[dict[str, Any]], seed: int) -> None:
        self.goal, self.features, self.seed = goal, features, seed
        self.train, self.test = train, test
        self.classes = len(goal.classes)
        self.y, self.truth = goal.y[train], goal.y[test]
        self.frames = (goal.frame.iloc[train], goal.frame.iloc[test])

    def score(self, metric: str, prediction: Prediction) -> float | None:
        return score(metric, self.truth, prediction, self.classes)

    def models(self, metric: str) -> dict[str, Prediction]:
        train, test = self.frames
        found: dict[str, Prediction] = {}
        texts = [f["name"] for f in self.features if f["kind"] == "text"]
        others = [f for f in self.features if f["kind"] != "text"]
        if texts:
            words = linear_text(train, self.y, test, texts, classes=self.classes, metric=metric)
            if words is not None:
                found["words"] = words
        if others or not found:
            found["trees"] = boosted(
                train, self.y, test, self.features, classes=self.classes, metric=metric, seed=self.seed
            )
        return found

    def singles(self, metric: str) -> dict[str, Prediction]:
        if len(self.features) < 2:
            return {}
        train, test = self.frames
        return {
            f["name"]: single(train, self.y, test, f, classes=self.classes, metric=metric, seed=self.seed)
            for f in self.features
            if f["kind"] != "text"
        }

    def best(self, metric: str, found: dict[str, Prediction]) -> tuple[str, Prediction] | None:
        sign = -1 if metric in ("rmse", "mae", "rmsle", "log-loss") else 1
        scored = [(self.score(metric, p), name) for name, p in found.items()]
        known = [(sign * value, name) for value, name in scored if value is not None]
        return (max(known)[1], found[max(known)[1]]) if known else None

    def drawn(self, metric: str) -> dict[str, Prediction]:
        """A typical blind draw from the classes of train, for the metric under which a mixture beats every constant."""
        if metric != "macro-f1":
            return {}
        generator = np.random.default_rng(self.seed)
        draws = [Prediction(generator.choice(self.y, len(self.truth))) for _ in range(DRAWS)]
        ordered = sorted(draws, key=lambda draw: self.score(metric, draw) or 0.0)
        return {"draw from the classes of train": ordered[DRAWS // 2]}

    def measure(self, metric: str, naive: dict[str, Prediction], trend: dict[str, Prediction]) -> dict[str, Any] | None:
        floor = constant(self.y, len(self.test), self.classes, metric)
        model = self.best(metric, self.models(metric) | trend)
        if model is None or self.score(metric, floor) is None:
            return None
        alone = self.best(metric, self.singles(metric))
        history = self.best(metric, naive or self.drawn(metric))

        def gain(other: Prediction) -> dict[str, float | None] | None:
            return paired_gain(metric, self.truth, model[1], other, classes=self.classes, seed=self.seed)

        return {
            "metric": metric,
            "constant": self.score(metric, floor),
            "model": self.score(metric, model[1]),
            "modelName": model[0],
            "gain": gain(floor),
            "single": None
            if alone is None
            else {
                "feature": alone[0],
                "score": self.score(metric, alone[1]),
                "modelGain": gain(alone[1]),
            },
            "naive": None
            if history is None
            else {
                "rule": history[0],
                "score": self.score(metric, history[1]),
                "modelGain": gain(history[1]),
            },
        }


def _support(goal: Goal, test: Codes) -> list[dict[str, Any]] | None:
    if not goal.classes:
        return None
    counts = np.bincount(goal.y[test].astype(np.int64), minlength=len(goal.classes))
    return [{"label": label, "count": int(n)} for label, n in zip(goal.classes, counts, strict=True)]


def _on_split(goal: Goal, candidate: dict[str, Any], plan: dict[str, Any], seed: int) -> dict[str, Any]:
    train, test = split(goal.frame, goal.labels if goal.classes else None, plan)
    result = {"name": plan["name"], "train": len(train), "test": len(test), "support": _support(goal, test)}
    if len(train) < 20 or len(test) < 20 or len(np.unique(goal.y[train])) < 2:
        return {**result, "scores": []}
    few, probe = _bounded(train, TRAIN_ROWS, seed), _bounded(test, TEST_ROWS, seed)
    trial = Trial(goal, few, probe, candidate["features"], seed)
    naive: dict[str, Prediction] = {}
    trend: dict[str, Prediction] = {}
    if plan.get("history") is not None:
        naive = {
            rule: Prediction(values)
            for rule, values in history_predictions(goal.frame, goal.y, train, probe, plan["history"]).items()
        }
        trend = {"trend": Prediction(trend_prediction(goal.frame, goal.y, train, probe, plan["history"]))}
    metrics = candidate["metrics"] if plan["name"] == "proposed" else candidate["metrics"][:1]
    measured = [trial.measure(metric, naive, trend) for metric in metrics]
    return {**result, "scores": [item for item in measured if item is not None]}


def measure(tables: Tables, candidate: dict[str, Any], seed: int) -> dict[str, Any]:
    """Scores of one candidate on each of its splits; the first split is the proposed one and gets every metric."""
    frame = tables.joined(candidate["source"])
    if candidate["dropDuplicates"]:
        columns = [f["name"] for f in candidate["features"]] + [candidate["target"]]
        frame = frame.drop_duplicates(columns).reset_index(drop=True)
    goal = goal_of(frame, candidate)
    splits = [_on_split(goal, candidate, plan, seed) for plan in candidate["splits"]]
    return {"id": candidate["id"], "rows": len(goal.y), "splits": splits}


def run(args: dict[str, Any], paths: dict[str, Path]) -> dict[str, Any]:
    """`args` has seed and candidates; the mount `dataset` is the raw dataset."""
    tables = Tables(paths["dataset"])
    return {"candidates": [measure(tables, candidate, args["seed"]) for candidate in args["candidates"]]}
