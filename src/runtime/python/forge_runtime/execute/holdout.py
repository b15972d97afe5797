"""Cuts a part of train off as a test part with known answers: a solver is scored without the private ones."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.execute.subset import chosen
from forge_runtime.package import Manifest, read_manifest, read_text_table

Json = dict[str, Any]
Rows = np.ndarray[Any, Any]

SMALLEST, LARGEST = 0.1, 0.3
"""Share of train that is held out, whatever the share of the task's own test part."""
FEWEST_ROWS = 20
"""Fewer held-out rows tell nothing of a method."""
FEWEST_GROUPS = 5
"""Of fewer groups a held-out one is half of what there is to learn from."""


def run(args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `public` and `manifest` (read), `work` (written: `data/public` and `data/private` of a practice task).

    Returns the rows of both parts and how they were cut, or `reason`: why nothing could be cut off.
    """
    manifest, public = read_manifest(paths["manifest"]), paths["public"]
    train, columns = read_text_table(public / "train.csv"), list(read_text_table(public / "test.csv").columns)
    answered = answer_columns(manifest)
    absent = [name for name in [*columns, *answered] if name not in train.columns]
    if absent:
        return {"reason": f"train.csv has no column {absent[0]!r}, which the test rows or the answers have"}
    known = np.flatnonzero(train[answered].notna().all(axis=1).to_numpy())
    held, how = cut(train.iloc[known].reset_index(drop=True), manifest, int(args["seed"]))
    held = known[held]
    if len(held) < FEWEST_ROWS or len(known) - len(held) < FEWEST_ROWS:
        left = len(known) - len(held)
        return {"reason": f"{how}: {left} rows to learn from, {len(held)} to score; {FEWEST_ROWS} of each are needed"}
    tables = {
        "train.csv": train.drop(index=train.index[held]),
        "test.csv": train.iloc[held][columns],
        "sample_submission.csv": sample(read_text_table(public / "sample_submission.csv"), train.iloc[held], manifest),
    }
    folder = paths["work"] / "data"
    shutil.copytree(public, folder / "public", ignore=shutil.ignore_patterns(*tables))
    for name, table in tables.items():
        _write(table, folder / "public" / name)
    (folder / "private").mkdir()
    _write(train.iloc[held][[manifest.id_column, *answered]], folder / "private" / "test_answer.csv")
    return {"train": len(train) - len(held), "test": len(held), "how": how}


def answer_columns(manifest: Manifest) -> list[str]:
    """Columns that a grader compares with: the targets, and what predictions are said to be about."""
    of = [column.get("of") for column in manifest.submission_columns]
    named = [str(entry["column"]) for entry in of if isinstance(entry, dict) and "column" in entry]
    return list(dict.fromkeys([*manifest.targets, *named]))


def cut(train: pd.DataFrame, manifest: Manifest, seed: int) -> tuple[Rows, str]:
    """Sorted numbers of the held-out rows, cut the way the task's own test part was as far as train still shows it."""
    split = manifest.section("split")
    share = float(np.clip(float(split.get("test_fraction") or 0.2), SMALLEST, LARGEST))
    by = [str(name) for name in split.get("by") or [] if str(name) in train.columns]
    if split.get("kind") == "time" and by:
        return latest(train[by[0]], share), f"the latest rows by {by[0]}"
    if split.get("kind") in {"group", "entity"} and by:
        groups = train.fillna("").groupby(by, sort=True).ngroup().to_numpy()
        if groups.max() + 1 >= FEWEST_GROUPS:
            return whole_groups(groups, share, seed), f"whole groups by {', '.join(by)}"
    labels = [name for name in manifest.targets if name in manifest.labels]
    kept = chosen(train, labels, 1 - share, seed)
    return np.setdiff1d(np.arange(len(train)), kept), "rows class by class" if labels else "random rows"


def latest(times: pd.Series[Any], share: float) -> Rows:
    """Rows of the last times; rows of one time stay together."""
    numbers = pd.to_numeric(times, errors="coerce")
    if numbers.isna().any():
        dates = pd.to_datetime(times, errors="coerce", format="mixed", utc=True)
        order = dates.rank(method="min") if dates.notna().all() else times.rank(method="min")
    else:
        order = numbers.rank(method="min")
    return np.flatnonzero(order.to_numpy() > np.quantile(order, 1 - share, method="lower"))


def whole_groups(groups: Rows, share: float, seed: int) -> Rows:
    """Rows of groups drawn one after the other until they are about the share."""
    drawn = np.random.default_rng(seed).permutation(groups.max() + 1)
    ends = np.cumsum(np.bincount(groups)[drawn])
    count = max(1, int(np.searchsorted(ends, share * len(groups), side="right")))
    return np.flatnonzero(np.isin(groups, drawn[:count]))


def sample(given: pd.DataFrame, held: pd.DataFrame, manifest: Manifest) -> pd.DataFrame:
    """A sample submission for the held-out rows: their ids beside predictions of the task's own sample."""
    rows = given.iloc[np.arange(len(held)) % len(given)].reset_index(drop=True)
    rows[manifest.id_column] = held[manifest.id_column].to_numpy()
    return rows


def _write(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, lineterminator="\n")
