"""Whether train and test rows can be told apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from forge_runtime.probes.leakage_frames import Frames, some_rows
from forge_runtime.probes.leakage_skill import SEED
from forge_runtime.probes.signal_scores import Floats
from forge_runtime.probes.signal_values import Encoder

Json = dict[str, Any]

FOLDS = 3
SHIFT_ROWS = 3000


def shift(frames: Frames) -> Json | None:
    """AUC of telling test rows from train rows by their features, out of fold, and the column that tells most."""
    if not frames.kinds or min(len(frames.train), len(frames.test)) < 50:
        return None
    parts = [part.iloc[some_rows(len(part), SHIFT_ROWS, SEED)] for part in (frames.train, frames.test)]
    table = pd.concat(parts, ignore_index=True)
    part = np.concatenate([np.zeros(len(parts[0])), np.ones(len(parts[1]))])
    features = frames.described(name for name, kind in frames.kinds.items() if kind != "text")
    if not features:
        return None
    encoder = Encoder(features, SEED).fit(table)
    x = encoder.transform(table)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    model = HistGradientBoostingClassifier(max_iter=30, random_state=SEED, early_stopping=False)
    auc = _auc(model, x, part, folds)
    column = None
    if auc >= 0.7:
        tree = HistGradientBoostingClassifier(max_iter=10, random_state=SEED, early_stopping=False)
        single = [(f["name"], Encoder([f], SEED).fit(table).transform(table)) for f in features[:40]]
        column = max(((_auc(tree, values, part, folds), name) for name, values in single))[1]
    return {"auc": auc, "column": column}


def _auc(model: Any, x: Floats, part: Floats, folds: StratifiedKFold) -> float:
    chance = cross_val_predict(model, x, part, cv=folds, method="predict_proba")[:, 1]
    return float(roc_auc_score(part, chance))
