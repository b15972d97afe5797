"""Job: what the figures of a report show. Bounded whatever the size of the data: counts, shares and a few samples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import Package, load_package, read_text_table
from forge_runtime.probes.figures_media import samples as media_samples
from forge_runtime.probes.leakage_frames import MEDIA, some_rows

Json = dict[str, Any]

BINS = 24
CLASSES = 16
"""The most frequent ones have a bar each; the rest is counted together."""
TARGETS = 4
COLUMNS = 30
TEXTS = 6
TEXT_LENGTH = 400
TEXT_WORDS = 5.0
"""Mean number of words from which a column is worth reading."""
TAIL = 0.005
"""Share of the values at each end that may lie outside of a histogram, so that one outlier does not flatten it."""
LABEL_LENGTH = 80


def run(_args: Json, paths: dict[str, Path]) -> Json:
    """Mount: `package`. Distributions of the targets, shares of missing values, and samples of texts or media."""
    package = load_package(paths)
    train, test = (read_text_table(package.public / name) for name in ("train.csv", "test.csv"))
    answers = read_text_table(package.private / "test_answer.csv")
    names = [name for name in package.manifest.targets if name in train and name in answers]
    return {
        "targets": [distribution(package, name, train[name], answers[name]) for name in names[:TARGETS]],
        "missing": missing(train, test),
        "texts": texts(package, train),
        "media": media_samples(package.public, *_media(package, train)),
    }


def distribution(package: Package, name: str, train: pd.Series[str], test: pd.Series[str]) -> Json:
    """Counts of the classes, or of the numbers in equal bins that both parts share."""
    told: Json = {"name": name, "classes": None, "histogram": None, "missing": [_absent(train), _absent(test)]}
    parts = [train.dropna(), test.dropna()]
    numbers = [pd.to_numeric(part, errors="coerce") for part in parts]
    finite = [part[np.isfinite(part)].to_numpy(dtype=float) for part in numbers]
    are_numbers = sum(map(len, finite)) == sum(map(len, parts)) > 0
    if name in package.manifest.labels or not are_numbers:
        return told | {"classes": _classes(*parts)}
    return told | {"histogram": _histogram(*finite)}


def _classes(train: pd.Series[str], test: pd.Series[str]) -> Json:
    counts = pd.DataFrame({"train": train.value_counts(), "test": test.value_counts()}).fillna(0).astype(int)
    counts = counts.rename_axis(None)  # it carries the name of the target, which may be any word
    counts["label"] = counts.index.astype(str)
    counts["both"] = counts["train"] + counts["test"]
    counts = counts.sort_values(["both", "label"], ascending=[False, True])
    shown, rest = counts.head(CLASSES), counts.iloc[CLASSES:]
    return {
        "shown": [
            {"label": _cut(label, LABEL_LENGTH), "train": int(a), "test": int(b)}
            for label, a, b in zip(shown["label"], shown["train"], shown["test"], strict=True)
        ],
        "rest": {"classes": len(rest), "train": int(rest["train"].sum()), "test": int(rest["test"].sum())},
    }


def _histogram(train: np.ndarray[Any, Any], test: np.ndarray[Any, Any]) -> Json:
    both = np.concatenate([train, test])
    low, high = (float(edge) for edge in np.quantile(both, [TAIL, 1 - TAIL]))
    if not low < high:
        low, high = float(both.min()), float(both.max())
    if not low < high:
        low, high = low - 0.5, high + 0.5
    edges = np.linspace(low, high, BINS + 1)
    return {
        "edges": [float(edge) for edge in edges],
        "train": [int(count) for count in np.histogram(train, edges)[0]],
        "test": [int(count) for count in np.histogram(test, edges)[0]],
        "outside": int(((both < low) | (both > high)).sum()),
        "minimum": float(both.min()),
        "maximum": float(both.max()),
    }


def missing(train: pd.DataFrame, test: pd.DataFrame) -> Json:
    """The columns with the largest shares of empty cells, and how many have none."""
    names = [str(name) for name in dict.fromkeys([*train.columns, *test.columns])]
    shares = {name: [_share_absent(part, name) for part in (train, test)] for name in names}
    most = {name: max(share or 0.0 for share in both) for name, both in shares.items()}
    lacking = sorted((name for name in names if most[name] > 0), key=lambda name: -most[name])
    return {
        "columns": [
            {"column": _cut(name, LABEL_LENGTH), "train": shares[name][0], "test": shares[name][1]}
            for name in lacking[:COLUMNS]
        ],
        "lacking": len(lacking),
        "all": len(names),
    }


def texts(package: Package, train: pd.DataFrame) -> Json | None:
    """A few rows of the column with the longest texts; None when no column is worth reading."""
    manifest = package.manifest
    longest, length = None, TEXT_WORDS
    for name in train.columns:
        if name == manifest.id_column or name in manifest.targets:
            continue
        words = train[name].dropna().head(500).str.split().str.len().mean()
        if words > length:
            longest, length = str(name), float(words)
    if longest is None:
        return None
    known = train[train[longest].notna()]
    rows = known.iloc[some_rows(len(known), TEXTS, 0)]
    targets = [name for name in manifest.targets if name in rows]
    return {
        "column": longest,
        "samples": [
            {"text": _cut(row[longest], TEXT_LENGTH), "label": _label(row, targets)}
            for row in rows.to_dict(orient="records")
        ],
    }


def _media(package: Package, train: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Files of the train part and their labels, class by class in turn so that a few samples show several."""
    if MEDIA not in train or not len(train):
        return [], []
    targets = [name for name in package.manifest.targets if name in train]
    rows = train[train[MEDIA].notna()].copy()
    labels = pd.Series([_label(row, targets) for row in rows.to_dict(orient="records")], index=rows.index, dtype=str)
    turn = rows.groupby(labels).cumcount()
    rows, labels = (part.loc[turn.sort_values(kind="stable").index] for part in (rows, labels))
    return rows[MEDIA].astype(str).tolist(), labels.tolist()


def _label(row: Json, targets: list[str]) -> str:
    return _cut(", ".join(str(row[name]) for name in targets), LABEL_LENGTH)


def _share_absent(part: pd.DataFrame, name: str) -> float | None:
    return _absent(part[name]) / max(1, len(part)) if name in part else None


def _absent(column: pd.Series[Any]) -> int:
    return int(column.isna().sum())


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 3]}..."
