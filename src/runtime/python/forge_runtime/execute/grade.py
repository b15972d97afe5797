"""Scores submissions with the metric.py of a package, and resamples rows for intervals and paired gains."""

from __future__ import annotations

import math
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import Manifest, Package, PackageError, read_predictions

Json = dict[str, Any]
Tables = tuple[pd.DataFrame, pd.DataFrame]


def run(args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `package` and one file `submission_<name>` for each of `args.names`, worst first.

    For each submission: `valid` with its score and its scores on `args.resamples` draws of the test rows (the same
    draws for all, so that differences are paired; null where the metric is undefined on a draw), or why not: `invalid`
    is the submission's fault, `broken` the metric's. Each submission counts alone: one bad one spoils no other.
    """
    package = Package(paths["package"])
    answers = package.answers()
    metric = package.metric()
    results: dict[str, Json] = {}
    aligned: dict[str, Tables] = {}
    for name in args["names"]:
        results[name], tables = grade(metric, package.manifest, paths[f"submission_{name}"], answers)
        if tables is not None:
            aligned[name] = tables
    draws = draws_of(answers, package, int(args["resamples"]), int(args["seed"]))
    for name, (submission, truth) in aligned.items():
        results[name]["resampled"] = [
            score_draw(metric, package.manifest.id_column, submission, truth, draw) for draw in draws
        ]
    return {"rows": len(answers), "results": results}


def grade(metric: ModuleType, manifest: Manifest, path: Path, answers: pd.DataFrame) -> tuple[Json, Tables | None]:
    """The result of one submission, and the tables in one order of rows when it is valid."""
    try:
        submission = read_predictions(path, manifest)
    except PackageError as error:
        return _refused("invalid", str(error).replace(path.name, "The submission")), None
    refusal = getattr(metric, "InvalidSubmissionError", ())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the metric's own warnings are not the competitor's concern
            metric.validate_submission(submission.copy(), answers.copy())
            score = metric.evaluate(submission.copy(), answers.copy())
    except refusal as error:
        return _refused("invalid", str(error)), None
    except Exception as error:  # noqa: BLE001 - foreign code may raise anything; it is reported as the metric's fault
        return _refused("broken", f"{type(error).__name__}: {error}"), None
    if isinstance(score, bool) or not isinstance(score, int | float) or not math.isfinite(score):
        return _refused("broken", f"evaluate returned {score!r}, which is no finite number"), None
    column = manifest.id_column
    truth = answers.sort_values(column, kind="stable").reset_index(drop=True)
    tables = (submission.set_index(column).loc[truth[column]].reset_index(), truth)
    return {"kind": "valid", "score": float(score), "resampled": []}, tables


def _refused(kind: str, message: str) -> Json:
    return {"kind": kind, "message": message[:2000]}


def draws_of(answers: pd.DataFrame, package: Package, count: int, seed: int) -> list[np.ndarray[Any, Any]]:
    """Row numbers drawn with replacement. Rows that were split as a group are drawn as a group, since they resemble
    each other and count as one observation."""
    rng = np.random.default_rng(seed)
    groups = groups_of(answers, package)
    if groups is None:
        return [rng.integers(0, len(answers), len(answers)) for _ in range(count)]
    members = [np.flatnonzero(groups == group) for group in range(int(groups.max()) + 1)]
    return [np.concatenate([members[g] for g in rng.integers(0, len(members), len(members))]) for _ in range(count)]


def groups_of(answers: pd.DataFrame, package: Package) -> np.ndarray[Any, Any] | None:
    """Group numbers of the sorted answer rows when the split follows columns that the test file still shows."""
    split = package.manifest.section("split")
    by = split.get("by")
    if split.get("kind") not in {"group", "entity"} or not isinstance(by, list) or not by:
        return None
    column = package.manifest.id_column
    try:
        test = package.test().set_index(column)
        keys = test.loc[answers[column].sort_values(kind="stable"), [str(name) for name in by]]
    except (PackageError, KeyError):
        return None
    numbers = keys.groupby(list(keys.columns), dropna=False, sort=True).ngroup().to_numpy()
    return numbers if numbers.max() >= 1 else None


def score_draw(
    metric: ModuleType, column: str, submission: pd.DataFrame, truth: pd.DataFrame, draw: np.ndarray[Any, Any]
) -> float | None:
    """The score on drawn rows, which get fresh ids since one row may be drawn twice."""
    ids = [str(number) for number in range(len(draw))]
    drawn = [table.iloc[draw].assign(**{column: ids}) for table in (submission, truth)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            score = float(metric.evaluate(*(table.reset_index(drop=True) for table in drawn)))
    except Exception:  # noqa: BLE001 - a draw without one of the classes may be undefined; it is left out
        return None
    return score if math.isfinite(score) else None
