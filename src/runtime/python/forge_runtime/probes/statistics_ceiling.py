"""The noise ceiling: the score of an entry that gives equal rows their common answer and is right everywhere else."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import PRIVATE, PUBLIC, Package, PackageError, perfect_submission

Json = dict[str, Any]
NOTHING: Json = {"rows": 0, "test": 0, "score": None}


def ceiling(package: Package, metric: ModuleType) -> Json | None:
    """Rows of both parts that agree in every feature and differ in a target, and the best score that leaves.

    Features are compared as they are written, and equal rows of both parts are pooled. Their common answer is the most
    frequent class, the share of a class, or the mean or median, whichever the submission asks for and scores best.
    """
    key = package.manifest.id_column
    train, test = (package.text(f"{PUBLIC}/{name}") for name in ("train.csv", "test.csv"))
    answers = package.text(f"{PRIVATE}/test_answer.csv")
    features = [name for name in test.columns if name != key and name in train.columns]
    targets = [name for name in package.manifest.targets if name in train.columns and name in answers.columns]
    features = [name for name in features if name not in targets]
    if not features or not targets or key not in test or key not in answers:
        return None
    asked = test[[key, *features]].merge(answers[[key, *targets]], on=key)
    both = pd.concat([train[[*features, *targets]], asked], ignore_index=True).fillna("")
    alike = both[both.duplicated(features, keep=False)]
    group = alike.groupby(features, sort=False).ngroup()
    differ = pd.concat([alike[name].groupby(group).transform("nunique") > 1 for name in targets], axis=1).any(axis=1)
    alike, group = alike[differ], group[differ]
    here = int((alike[key] != "").sum())
    if here == 0:
        return {**NOTHING, "rows": len(alike)}
    scores = [_score(package, metric, alike, group, middle) for middle in ("mean", "median")]
    defined = [score for score in scores if score is not None]
    better = min if package.manifest.direction == "minimize" else max
    return {"rows": len(alike), "test": here, "score": better(defined) if defined else None}


def _score(
    package: Package, metric: ModuleType, alike: pd.DataFrame, group: pd.Series[int], middle: str
) -> float | None:
    manifest, answers = package.manifest, package.answers()
    try:
        entry = perfect_submission(manifest, answers)
    except PackageError:
        return None
    entry = entry.set_index(manifest.id_column)
    here = alike[manifest.id_column] != ""
    ids = alike.loc[here, manifest.id_column]
    for column in manifest.submission_columns:
        of, name = column.get("of") or {}, str(column.get("name"))
        values = alike[str(of.get("column"))]
        if column.get("dtype") == "ranked-list":
            return None
        if of.get("class") is not None:
            common = (values == str(of["class"])).astype(float).groupby(group).transform("mean")
        elif column.get("dtype") in {"label", "string"}:
            common = values.groupby(group).transform(lambda part: part.mode().iloc[0])
        else:
            common = pd.to_numeric(values, errors="coerce").groupby(group).transform(middle)
        entry.loc[ids, name] = common[here].to_numpy()
    try:
        value = float(metric.evaluate(entry.reset_index(), answers.copy()))
    except Exception:  # noqa: BLE001 - foreign code; a metric that refuses such an entry has no ceiling here
        return None
    return value if np.isfinite(value) else None
