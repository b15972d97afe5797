"""Which rows and classes a score rests on, and whether both parts hold the same mix of answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from forge_runtime.execute.draws import Tables
from forge_runtime.package import Manifest, Package

Json = dict[str, Any]
Score = Callable[[Tables, np.ndarray[Any, Any]], float | None]

MOST_CELLS = 150
"""Pairs of true and predicted class; more would take longer than the answer is worth."""
TOP = 0.01
ENOUGH_EXPECTED = 5.0
"""Cells of a chi-squared test below this are put together, as its approximation asks."""


def class_shares(manifest: Manifest, entry: Tables, score: Score) -> Json | None:
    """Share of the variance of the score that comes from the rows of each class, by the jackknife: all rows of one
    true and one predicted class move the score alike, so one of each is left out (Efron & Tibshirani 1993, ch. 11)."""
    submission, truth = entry
    if len(manifest.submission_columns) != 1 or len(truth) < 3:
        return None
    column = manifest.submission_columns[0]
    target = str((column.get("of") or {}).get("column"))
    name = str(column.get("name"))
    if column.get("dtype") != "label" or target not in truth or name not in submission:
        return None
    cells = pd.DataFrame({"true": truth[target].astype(str), "given": submission[name].astype(str)})
    grouped = cells.groupby(["true", "given"], sort=True).indices
    everything = np.arange(len(truth))
    whole = score(entry, everything)
    if whole is None or len(grouped) > MOST_CELLS:
        return None
    shares: dict[str, float] = {}
    for (label, _), rows in grouped.items():
        without = score(entry, np.delete(everything, rows[0]))
        if without is None:
            return None
        shares[label] = shares.get(label, 0.0) + len(rows) * (without - whole) ** 2
    total = sum(shares.values())
    counts = cells["true"].value_counts()
    if total <= 0:
        return None
    return {"classes": [{"label": k, "rows": int(counts[k]), "share": v / total} for k, v in sorted(shares.items())]}


def tails(manifest: Manifest, entry: Tables) -> list[Json]:
    """Share of the squared error that the worst percent of the rows carries, for each predicted number."""
    submission, truth = entry
    found = []
    for column in manifest.submission_columns:
        target, name = str((column.get("of") or {}).get("column")), str(column.get("name"))
        if target not in truth or name not in submission:
            continue
        answers, given = (pd.to_numeric(table, errors="coerce") for table in (truth[target], submission[name]))
        squares = ((answers - given) ** 2).to_numpy(dtype=float)
        if not np.isfinite(squares).all() or squares.sum() <= 0:
            continue
        count = max(1, int(np.ceil(TOP * len(squares))))
        worst = np.argsort(-squares, kind="stable")[:count]
        ids = truth[manifest.id_column].iloc[worst[:5]].astype(str).tolist()
        share = float(squares[worst].sum() / squares.sum())
        found.append({"target": target, "count": count, "share": share, "ids": ids})
    return found


def label_shift(package: Package) -> list[Json]:
    """How far the answers of the parts differ: the largest difference of shares (classes) or of cumulated shares
    (numbers, Kolmogorov-Smirnov), with the probability of as much by chance."""
    train, answers = package.train(), package.answers()
    found = []
    for name in package.manifest.targets:
        if name not in train or name not in answers:
            continue
        parts = [train[name].dropna(), answers[name].dropna()]
        if min(map(len, parts)) < 2:
            continue
        if all(pd.api.types.is_float_dtype(part) for part in parts):
            test = stats.ks_2samp(*parts, method="asymp")
            found.append({"target": name, "classes": 0, "difference": float(test.statistic), "p": float(test.pvalue)})
        else:
            told = _counts_differ([part.astype(str) for part in parts])
            if told is not None:
                found.append({"target": name, **told})
    return found


def _counts_differ(parts: list[pd.Series[Any]]) -> Json | None:
    table = pd.DataFrame([part.value_counts() for part in parts]).fillna(0.0)
    smaller = min(len(part) for part in parts) / sum(len(part) for part in parts)
    rare = table.sum() * smaller < ENOUGH_EXPECTED
    pooled = table.loc[:, ~rare]
    if rare.any():
        pooled = pooled.assign(**{"": table.loc[:, rare].sum(axis=1)})
    if pooled.shape[1] < 2 or (pooled.sum() == 0).any():
        return None
    shares = table.div(table.sum(axis=1), axis=0)
    difference = float((shares.iloc[0] - shares.iloc[1]).abs().max())
    p = float(stats.chi2_contingency(pooled.to_numpy()).pvalue)
    return {"classes": int(table.shape[1]), "difference": difference, "p": p}
