"""Whether ids and the order of rows tell the target."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.probes.leakage_frames import Frames, Target
from forge_runtime.probes.leakage_skill import Yardstick
from forge_runtime.probes.signal_scores import Floats
from forge_runtime.probes.signal_views import views

Json = dict[str, Any]

SHUFFLES = 100
SEED = 11


def identifiers(yard: Yardstick) -> list[Json]:
    """Skill of the id as a number, of its nearest train id, of its digits and letters, and of the row's position."""
    key = yard.frames.key
    train, test = (part[key].astype(str) for part in (yard.frames.train.iloc[yard.train_rows], yard.test))
    found = [{"view": "position in the file", **yard.values(_positions(yard.train_rows), _positions(yard.test_rows))}]
    values = [np.asarray(pd.to_numeric(part, errors="coerce"), dtype=float) for part in (train, test)]
    if all(np.isfinite(part).all() for part in values):
        found.append({"view": "value", **yard.values(values[0], values[1])})
        found.append({"view": "nearest train id", **yard.told(_nearest(values[0], yard.y, values[1]))})
        for base in (2, 3, 10):
            rest = [pd.Series((part % base).astype(int).astype(str)) for part in values]
            found.append({"view": f"remainder by {base}", **yard.column(rest[0], rest[1], "category")})
    others = dict(views(test))
    for name, piece in views(train):
        if name in others:
            found.append({"view": name, **yard.column(piece, others[name], "category")})
    lengths = [part.str.len().astype(str) for part in (train, test)]
    if lengths[0].nunique() > 1:
        found.append({"view": "length", **yard.column(lengths[0], lengths[1], "category")})
    return sorted(found, key=lambda item: -item["skill"])[:5]


def _positions(rows: Any) -> Floats:
    """Relative position, so that two files sorted alike resemble each other."""
    return np.asarray(rows, dtype=float) / max(float(rows[-1]) if len(rows) else 1.0, 1.0)


def _nearest(known: Floats, y: Floats, asked: Floats) -> Floats:
    order = np.argsort(known, kind="stable")
    right = (
        np.clip(np.searchsorted(known[order], asked), 1, len(known) - 1)
        if len(known) > 1
        else np.zeros(len(asked), int)
    )
    left = right - 1
    closer = np.abs(known[order][left] - asked) <= np.abs(known[order][right] - asked)
    return np.asarray(y[order][np.where(closer, left, right)], dtype=float)


def neighbours(frames: Frames, target: Target) -> list[Json]:
    """How alike the targets of adjacent rows are, in standard errors of the same rows shuffled; per file and order."""
    answers = frames.answers[[frames.key, target.name]]
    by_id = dict(zip(frames.test[frames.key], target.test, strict=True))
    private = np.asarray(answers[frames.key].map(by_id).dropna(), dtype=float)
    parts: list[tuple[str, Floats, pd.DataFrame | None]] = [
        ("data/public/train.csv", target.train, frames.train),
        ("data/public/test.csv", target.test, frames.test),
        ("data/private/test_answer.csv", private, None),
    ]
    found = []
    for file, y, table in parts:
        if len(y) < 20 or len(np.unique(y)) < 2:
            continue
        told = _alike(y, bool(target.classes))
        sorted_by = None if table is None else _sorted_by(frames, table)
        steps = np.diff(y)
        ordered = bool((steps >= 0).all() or (steps <= 0).all())
        found.append({"file": file, **told, "sortedByTarget": ordered, "sortedBy": sorted_by})
    return found


def _alike(y: Floats, classes: bool) -> Json:
    """Share of adjacent rows of one class, or correlation of adjacent values, against shuffled rows."""
    generator = np.random.default_rng(SEED)
    values = y if classes else np.asarray(pd.Series(y).rank(), dtype=float)

    def measure(order: Floats) -> float:
        if classes:
            return float(np.mean(order[1:] == order[:-1]))
        centred = order - order.mean()
        return float(np.sum(centred[1:] * centred[:-1]) / np.sum(centred**2))

    shuffled = [measure(generator.permutation(values)) for _ in range(SHUFFLES)]
    chance, spread = float(np.mean(shuffled)), max(float(np.std(shuffled)), 1e-9)
    alike = measure(values)
    return {"alike": alike, "chance": chance, "errors": (alike - chance) / spread}


def _sorted_by(frames: Frames, table: pd.DataFrame) -> str | None:
    """A public column that explains the order of the rows, which then tells nothing more than the column does."""
    for name, kind in frames.kinds.items():
        column = table[name]
        if kind == "number":
            values = pd.to_numeric(column, errors="coerce").ffill()
            if values.nunique() > 1 and (values.is_monotonic_increasing or values.is_monotonic_decreasing):
                return name
        elif column.nunique() > 1 and (column.is_monotonic_increasing or column.is_monotonic_decreasing):
            return name
    return None
