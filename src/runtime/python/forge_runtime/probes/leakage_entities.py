"""Columns that name entities: what a solver gains who has met the entity in train."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold

from forge_runtime.probes.leakage_frames import Frames, Target, some_rows
from forge_runtime.probes.leakage_skill import SEED, class_skill, number_skill
from forge_runtime.probes.signal_models import boosted, single
from forge_runtime.probes.signal_scores import Floats

Json = dict[str, Any]

GROUP_ROWS = 3000
FOLDS = 3


def entities(frames: Frames, target: Target) -> list[Json]:
    """Columns that look like names of entities: skill by random folds against skill with whole entities held out."""
    rows = some_rows(len(frames.train), GROUP_ROWS, SEED)
    table, y = frames.train.iloc[rows].reset_index(drop=True), target.train[rows]
    found = []
    for name in _candidates(frames, table)[:3]:
        groups = table[name].where(table[name] != "", "\x1e" + table.index.astype(str))
        folds = _Folds(frames, target, table, y)
        met = max(folds.told(None), folds.told(None, name), key=lambda told: float(told["skill"]))
        shared = float(frames.test[name].isin(set(frames.train[name]) - {""}).mean())
        found.append({"column": name, "shared": shared, "random": met, "grouped": folds.told(groups)})
    return found


def _candidates(frames: Frames, table: pd.DataFrame) -> list[str]:
    """Words or whole numbers that name many small groups of rows."""
    found = []
    for name, kind in frames.kinds.items():
        present = table[name][table[name] != ""]
        if kind not in {"category", "number"} or len(present) < 0.5 * len(table) or len(present) < 100:
            continue
        if kind == "number" and not present.str.fullmatch(r"\d{3,}").all():
            continue  # counts and measurements
        counts = present.value_counts()
        if (
            len(counts) >= max(30, 0.05 * len(present))
            and len(present) / len(counts) >= 2
            and counts.iloc[0] < 0.1 * len(present)
        ):
            found.append((len(counts), name))
    return [name for _, name in sorted(found)]


class _Folds:
    """A sample of train with its folds: at random, or with whole groups held out."""

    def __init__(self, frames: Frames, target: Target, table: pd.DataFrame, y: Floats) -> None:
        self.frames, self.target, self.table, self.y = frames, target, table, y

    def told(self, groups: pd.Series[str] | None, column: str | None = None) -> Json:
        """Skill out of fold of boosted trees over all features, or of looking up one column."""
        predicted = np.zeros(len(self.y))
        classes = len(self.target.classes)
        metric = "balanced-accuracy" if classes else "rmse"
        for train, test in self._split(groups):
            parts, y = (self.table.iloc[train], self.table.iloc[test]), self.y[train]
            if column is None:
                features = self.frames.described(self.frames.kinds)
                told = boosted(parts[0], y, parts[1], features, classes=classes, metric=metric, seed=SEED)
            else:
                feature = {"name": column, "kind": "category"}
                told = single(parts[0], y, parts[1], feature, classes=classes, metric=metric, seed=SEED)
            predicted[test] = told.value
        return class_skill(self.y, predicted) if classes else number_skill(self.y, predicted, float(self.y.mean()))

    def _split(self, groups: pd.Series[str] | None) -> list[Any]:
        if groups is not None:
            return list(GroupKFold(FOLDS).split(self.table, self.y, groups))
        if self.target.classes and np.bincount(self.y.astype(int)).min(initial=FOLDS) >= FOLDS:
            return list(StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(self.table, self.y))
        return list(KFold(FOLDS, shuffle=True, random_state=SEED).split(self.table))
