"""Scores submissions with the metric.py of a package, and resamples rows for intervals and paired gains."""

from __future__ import annotations

import math
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from forge_runtime.execute.draws import Tables, draws_of, score_draws
from forge_runtime.package import Manifest, Package, PackageError, read_predictions

Json = dict[str, Any]


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
        results[name], found = grade(metric, package.manifest, paths[f"submission_{name}"], answers)
        if found is not None:
            aligned[name] = found
    draws = draws_of(answers, package, int(args["resamples"]), int(args["seed"]))
    for name, tables in aligned.items():
        score = results[name]["score"]
        results[name]["resampled"] = score_draws(metric, package.manifest, tables, score, draws)
    return {"rows": len(answers), "results": results}


def grade(metric: ModuleType, manifest: Manifest, path: Path, answers: pd.DataFrame) -> tuple[Json, Tables | None]:
    """The result of one submission, and the tables in one order of rows when it is valid."""
    submission = read_submission(path, manifest)
    if isinstance(submission, dict):
        return submission, None
    result = judged(metric, submission, answers)
    return result, aligned(manifest, submission, answers) if result["kind"] == "valid" else None


def read_submission(path: Path, manifest: Manifest) -> pd.DataFrame | Json:
    """The table of a submission, or the result of one that is none."""
    try:
        return read_predictions(path, manifest)
    except PackageError as error:
        return _refused("invalid", str(error).replace(path.name, "The submission"))


def judged(metric: ModuleType, submission: pd.DataFrame, answers: pd.DataFrame) -> Json:
    """The result of one submission that could be read."""
    refusal = getattr(metric, "InvalidSubmissionError", ())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the metric's own warnings are not the competitor's concern
            metric.validate_submission(submission.copy(), answers.copy())
            score = metric.evaluate(submission.copy(), answers.copy())
    except refusal as error:
        return _refused("invalid", str(error))
    except Exception as error:  # noqa: BLE001 - foreign code may raise anything; it is reported as the metric's fault
        return _refused("broken", f"{type(error).__name__}: {error}")
    if isinstance(score, bool) or not isinstance(score, int | float) or not math.isfinite(score):
        return _refused("broken", f"evaluate returned {score!r}, which is no finite number")
    return {"kind": "valid", "score": float(score), "resampled": []}


def aligned(manifest: Manifest, submission: pd.DataFrame, answers: pd.DataFrame) -> Tables:
    """A submission and the answers, both in the order of the ids. Raises KeyError where an id has no row."""
    column = manifest.id_column
    truth = answers.sort_values(column, kind="stable").reset_index(drop=True)
    return submission.set_index(column).loc[truth[column]].reset_index(), truth


def require_ids(manifest: Manifest, submission: pd.DataFrame, answers: pd.DataFrame) -> None:
    """Raises what `aligned` raises where an id has no row, without the work of aligning where each has one."""
    column = manifest.id_column
    if column in submission and submission[column].equals(answers[column]):
        return
    if column not in submission or not answers[column].isin(submission[column]).all():
        aligned(manifest, submission, answers)


def _refused(kind: str, message: str) -> Json:
    return {"kind": kind, "message": message[:2000]}
