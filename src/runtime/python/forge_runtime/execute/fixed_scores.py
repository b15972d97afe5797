"""Scores a fixed set of submissions, so that a rewritten metric.py can be compared with the one before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from forge_runtime.package import load_module, load_package, perfect_submission

Json = dict[str, Any]


def run(args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `package`, and `metric` (the metric.py to use). Scores by submission: sample, perfect and permuted.

    `permuted` holds the right predictions in a wrong order, so it scores between chance and what the classes allow.
    """
    del args
    package = load_package(paths)
    metric = load_module(paths["metric"])
    answers = package.answers()
    perfect = perfect_submission(package.manifest, answers)
    permuted = perfect.copy()
    order = np.random.default_rng(0).permutation(len(perfect))
    for name in package.manifest.prediction_names:
        permuted[name] = perfect[name].to_numpy()[order]
    submissions = {"sample": package.sample(), "perfect": perfect, "permuted": permuted}
    return {name: float(metric.evaluate(frame, answers.copy())) for name, frame in submissions.items()}
