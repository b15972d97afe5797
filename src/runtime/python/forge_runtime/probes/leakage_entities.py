"""Columns that name entities: what a solver gains who has met the entity in train."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold

from forge_runtime.probes.leakage_frames import Frames, Target, some_rows
from forge_runtime.probes.leakage_skill import SEED, class_skill, number_skill
from forge_runtime.probes.signal_models import boosted
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
        skills = [_folded(frames, table, y, target, split) for split in (None, groups)]
        shared = float(frames.test[name].isin(set(frames.train[name]) - {""}).mean())
        found.append({"column": name, "shared": shared, "random": skills[0], "grouped": skills[1]})
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


def _folded(frames: Frames, table: pd.DataFrame, y: Floats, target: Target, groups: pd.Series[str] | None) -> Json:
    predicted = np.zeros(len(y))
    if groups is not None:
        folds = list(GroupKFold(FOLDS).split(table, y, groups))
    elif target.classes and np.bincount(y.astype(int)).min(initial=FOLDS) >= FOLDS:
        folds = list(StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(table, y))
    else:
        folds = list(KFold(FOLDS, shuffle=True, random_state=SEED).split(table))
    features = frames.described(name for name in frames.kinds)
    metric = "balanced-accuracy" if target.classes else "rmse"
    for train, test in folds:
        told = boosted(
            table.iloc[train],
            y[train],
            table.iloc[test],
            features,
            classes=len(target.classes),
            metric=metric,
            seed=SEED,
        )
        predicted[test] = told.value
    return class_skill(y, predicted) if target.classes else number_skill(y, predicted, float(y.mean()))
