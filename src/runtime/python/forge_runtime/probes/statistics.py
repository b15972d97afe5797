"""Job: how much a score on this test part can tell. Measures only; what is too little is judged in TypeScript."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from forge_runtime.execute.draws import Tables, draws_of, groups_of, score_draw, score_draws
from forge_runtime.execute.grade import grade
from forge_runtime.package import load_package
from forge_runtime.probes.statistics_ceiling import ceiling
from forge_runtime.probes.statistics_rows import class_shares, tails
from forge_runtime.probes.statistics_variants import half_better, halves, plain_spread

Json = dict[str, Any]


def run(args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `package` and one file `submission_<name>` for each of `args.names`, worst first.

    The last name is the reference: the entry whose score is taken apart. `args.seed` is that of the grading, so that
    draws are the same ones. `args.classes` and `args.squares` ask for the shares of classes and of single rows,
    `args.contradicted` for the score that contradicting rows leave.
    """
    package = load_package(paths)
    answers, metric = package.answers(), package.metric()
    entries: dict[str, Tables] = {}
    for name in args["names"]:
        _, tables = grade(metric, package.manifest, paths[f"submission_{name}"], answers)
        if tables is not None:
            entries[name] = tables
    count, seed = int(args["resamples"]), int(args["seed"])
    draws = draws_of(answers, package, count, seed)

    def score(entry: Tables, rows: np.ndarray[Any, Any]) -> float | None:
        return score_draw(metric, package.manifest.id_column, entry, rows)

    def scores(entry: Tables, some: list[np.ndarray[Any, Any]]) -> list[float | None]:
        whole = score(entry, np.arange(len(entry[1])))
        return [] if whole is None else score_draws(metric, package.manifest, entry, whole, some)

    reference = entries.get(args["names"][-1]) if args["names"] else None
    groups = groups_of(answers, package)
    return {
        "rows": len(answers),
        "clusters": None
        if reference is None or groups is None
        else {**sizes_of(groups), "spread": plain_spread(reference, scores, seed, count if repeats(groups) else 0)},
        "halfBetter": None if reference is None else half_better(package.manifest, reference, score, scores, draws),
        "halves": halves(package, entries, scores, seed),
        "ceiling": ceiling(package, metric) if args["contradicted"] else None,
        "classes": class_shares(package.manifest, reference, score) if args["classes"] and reference else None,
        "tails": tails(package.manifest, reference) if args["squares"] and reference else [],
    }


def repeats(groups: np.ndarray[Any, Any]) -> bool:
    """Whether any group has more than one row."""
    return len(np.unique(groups)) < len(groups)


def sizes_of(groups: np.ndarray[Any, Any]) -> Json:
    """How many groups the split keeps together in the test part, and the rows of the largest."""
    sizes = np.bincount(groups)
    return {"count": len(sizes), "largest": int(sizes.max())}
