"""What a solver gains who has met the entity, the days or the place of a test row in train."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold

from forge_runtime.probes.leakage_frames import Frames, Target, some_rows
from forge_runtime.probes.leakage_skill import SEED, class_skill, number_skill
from forge_runtime.probes.leakage_times import moments
from forge_runtime.probes.signal_models import single
from forge_runtime.probes.signal_scores import Floats
from forge_runtime.probes.signal_values import Encoder, numbers

Json = dict[str, Any]

ROWS = 2500
FOLDS = 3
TREES = 40
CANDIDATES = 3
STRETCHES = 12
"""Parts of the time that are held out as one."""
BANDS = 4
"""Bands of each coordinate; their cells are held out as one, and are wider than what neighbours share."""
LATITUDE = re.compile(r"(^|_)lat(itude)?$", re.IGNORECASE)
LONGITUDE = re.compile(r"(^|_)(lon|lng|long|longitude)$", re.IGNORECASE)


def entities(frames: Frames, target: Target) -> list[Json]:
    """For each way in which rows belong together: skill by random folds, and with whole entities, times or places
    held out. `shared` is the share of test rows whose entity is in train."""
    folds = _Folds(frames, target)
    found = []
    for name in _candidates(frames, folds.table)[:CANDIDATES]:
        column = folds.table[name]
        groups = column.where(column != "", "\x1e" + folds.table.index.astype(str))
        met = max(folds.random, folds.looked_up(name), folds.remembered(name), key=lambda told: float(told["skill"]))
        shared = float(frames.test[name].isin(set(frames.train[name]) - {""}).mean())
        found.append(
            {"columns": [name], "by": "entity", "shared": shared, "random": met, "grouped": folds.apart(groups)}
        )
    for by, names, groups in _neighbourhoods(frames, folds.table):
        told = {"random": folds.random, "grouped": folds.apart(groups)}
        found.append({"columns": names, "by": by, "shared": 1.0, **told})
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
        many = len(counts) >= max(30, 0.05 * len(present))
        if many and len(present) / len(counts) >= 2 and counts.iloc[0] < 0.1 * len(present):
            found.append((len(counts), name))
    return [name for _, name in sorted(found)]


def _neighbourhoods(frames: Frames, table: pd.DataFrame) -> list[tuple[str, list[str], pd.Series[str]]]:
    """Stretches of the first date column, and cells of the map where there are coordinates."""
    found = []
    dates = [name for name, kind in frames.kinds.items() if kind == "datetime"]
    if dates:
        found.append(("time", dates[:1], _bands(moments(table[dates[0]])[0], STRETCHES)))
    places = [
        next((n for n, k in frames.kinds.items() if k == "number" and p.search(n)), None) for p in (LATITUDE, LONGITUDE)
    ]
    if places[0] is not None and places[1] is not None:
        cells = [_bands(numbers(table[name]), BANDS) for name in places if name is not None]
        found.append(("map", [str(name) for name in places], cells[0] + ":" + cells[1]))
    return [item for item in found if item[2].nunique() >= FOLDS]


def _bands(values: Floats, count: int) -> pd.Series[str]:
    """Parts of equal numbers of rows, in order of the values."""
    ranks = pd.Series(values).rank(method="min", pct=True).fillna(0.0)
    return (np.ceil(ranks * count)).astype(int).astype(str)


class _Folds:
    """A sample of train and the skill of quick models on it, out of fold."""

    def __init__(self, frames: Frames, target: Target) -> None:
        rows = some_rows(len(frames.train), ROWS, SEED)
        self.frames, self.target = frames, target
        self.table, self.y = frames.train.iloc[rows].reset_index(drop=True), target.train[rows]
        self._matrix: Floats | None = None
        self._at_random_predicted: Floats | None = None

    @property
    def random(self) -> Json:
        return self._skill(self._modelled)

    @property
    def _modelled(self) -> Floats:
        if self._at_random_predicted is None:
            self._at_random_predicted = self._predicted(self._at_random())
        return self._at_random_predicted

    def apart(self, groups: pd.Series[str]) -> Json:
        return self._skill(self._predicted(list(GroupKFold(FOLDS).split(self.table, self.y, groups))))

    def looked_up(self, name: str) -> Json:
        """Skill of one column whose values are looked up."""
        predicted = np.zeros(len(self.y))
        classes = len(self.target.classes)
        metric = "balanced-accuracy" if classes else "rmse"
        feature = {"name": name, "kind": "category"}
        for train, test in self._at_random():
            parts = self.table.iloc[train], self.table.iloc[test]
            told = single(parts[0], self.y[train], parts[1], feature, classes=classes, metric=metric, seed=SEED)
            predicted[test] = told.value
        return self._skill(predicted)

    def remembered(self, name: str) -> Json:
        """Skill of what the other rows of the same entity show: their mean, or their most frequent class. Rows of an
        entity that no other row has are left to the model, as a solver would leave them."""
        predicted = self._modelled.copy()
        for train, test in self._at_random():
            known = pd.Series(self.y[train]).groupby(self.table[name].iloc[train].to_numpy())
            usual = known.agg(lambda values: values.mode().iloc[0]) if self.target.classes else known.mean()
            met = self.table[name].iloc[test].map(usual).to_numpy(dtype=float)
            predicted[test] = np.where(np.isnan(met), predicted[test], met)
        return self._skill(predicted)

    def _predicted(self, folds: list[Any]) -> Floats:
        predicted = np.zeros(len(self.y))
        size: dict[str, Any] = {"n_estimators": TREES, "min_samples_leaf": 2, "random_state": SEED}
        for train, test in folds:
            if self.target.classes:
                model = ExtraTreesClassifier(class_weight="balanced", **size)
            else:
                model = ExtraTreesRegressor(**size)
            predicted[test] = model.fit(self._x[train], self.y[train]).predict(self._x[test])
        return predicted

    @property
    def _x(self) -> Floats:
        """All features as numbers. Reading them knows no target, so one reading serves every fold."""
        if self._matrix is None:
            encoder = Encoder(self.frames.described(self.frames.kinds), SEED).fit(self.table)
            self._matrix = np.nan_to_num(encoder.transform(self.table), nan=-1e6)
        return self._matrix

    def _at_random(self) -> list[Any]:
        if self.target.classes and np.bincount(self.y.astype(int)).min(initial=FOLDS) >= FOLDS:
            return list(StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(self.table, self.y))
        return list(KFold(FOLDS, shuffle=True, random_state=SEED).split(self.table))

    def _skill(self, predicted: Floats) -> Json:
        return (
            class_skill(self.y, predicted)
            if self.target.classes
            else number_skill(self.y, predicted, float(self.y.mean()))
        )
