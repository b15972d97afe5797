"""The noise ceiling: the score of an entry that gives equal rows their common answer and is right everywhere else."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import PRIVATE, PUBLIC, Package, PackageError, perfect_submission

Json = dict[str, Any]
Alike = tuple[pd.DataFrame, "pd.Series[int]"]
"""Rows, and the number of the group of equal ones that each belongs to."""


def contradictions(package: Package) -> Json | None:
    """How many rows of both parts, and of the test part, agree in every feature and differ in a target; None without
    features."""
    found = _contradicting(package)
    if found is None:
        return None
    return {"rows": len(found[0]), "test": int((found[0][package.manifest.id_column] != "").sum())}


def ceiling(package: Package, metric: ModuleType) -> float | None:
    """The best score that contradicting rows leave; None where the metric gives none.

    The common answer of equal rows is the most frequent class, the share of a class, or the mean or median, whichever
    the submission asks for and scores best.
    """
    found = _contradicting(package)
    if found is None:
        return None
    scores = [_score(package, metric, *found, middle) for middle in ("mean", "median")]
    defined = [score for score in scores if score is not None]
    better = min if package.manifest.direction == "minimize" else max
    return better(defined) if defined else None


def _contradicting(package: Package) -> Alike | None:
    """Features are compared as they are written, and equal rows of both parts are pooled."""
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
    return alike[differ], group[differ]


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
