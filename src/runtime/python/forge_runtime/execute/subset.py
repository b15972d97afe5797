"""Public folders whose train.csv holds only a part of the rows, to see what more training rows are worth."""

from __future__ import annotations

import math
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import read_manifest, read_text_table

Json = dict[str, Any]

FEWEST = 2
"""Rows that every class keeps, so that a model can still be fitted and checked on it."""


def run(args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `package` (read) and `work` (written). For each of `args.percents` a folder of that name in `work` holds
    the public files with that share of the train rows, drawn by `args.seed` and class by class where there are classes.

    Returns the rows of each part.
    """
    public = paths["package"] / "data/public"
    manifest = read_manifest(paths["package"] / "task.json")
    train = read_text_table(public / "train.csv")
    labels = [name for name in manifest.targets if name in manifest.labels and name in train.columns]
    rows = {}
    for percent in args["percents"]:
        folder = paths["work"] / str(percent)
        shutil.copytree(public, folder, ignore=shutil.ignore_patterns("train.csv"))
        kept = train.iloc[chosen(train, labels, percent / 100, int(args["seed"]))]
        kept.to_csv(folder / "train.csv", index=False, lineterminator="\n")
        rows[str(percent)] = len(kept)
    return {"rows": rows}


def chosen(train: pd.DataFrame, labels: list[str], share: float, seed: int) -> np.ndarray[Any, Any]:
    """Row numbers in their old order; a larger share holds all rows of a smaller one."""
    rank = np.random.default_rng(seed).permutation(len(train))
    if not labels or train.empty:
        return np.flatnonzero(rank < math.ceil(share * len(train)))
    groups = train.fillna("").groupby(labels, sort=True)
    within = pd.Series(rank).groupby(groups.ngroup().to_numpy()).rank(method="first").to_numpy()
    sizes = groups[labels[0]].transform("size").to_numpy()
    return np.flatnonzero(within <= np.maximum(np.ceil(share * sizes), FEWEST))
