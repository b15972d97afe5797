"""Whether the sample submission knows the answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.probes.leakage_frames import Frames, Target

Json = dict[str, Any]

SEED = 13
SHUFFLES = 200


def sample_luck(frames: Frames, target: Target) -> Json | None:
    """How far the sample submission agrees with the answers, in standard errors of its rows shuffled."""
    try:
        sample = frames.package.sample()
    except ValueError:
        return None  # reported by the structure checks
    key = frames.key
    columns = [
        c for c in frames.package.manifest.submission_columns if _about(c) == target.name and c.get("name") in sample
    ]
    if key not in sample.columns or not columns:
        return None
    lookup = {identifier: row for row, identifier in enumerate(sample[key].astype(str))}
    rows = [lookup.get(identifier) for identifier in frames.test[key]]
    if any(row is None for row in rows):
        return None
    table = sample.iloc[rows]
    agree = _agreement_matrix(table, columns, target)
    if agree is None:
        return None
    generator = np.random.default_rng(SEED)
    shuffled = [float(agree(generator.permutation(len(table)))) for _ in range(SHUFFLES)]
    reached, spread = float(agree(np.arange(len(table)))), float(np.std(shuffled))
    errors = (reached - float(np.mean(shuffled))) / spread if spread > 1e-12 else 0.0
    return {"agreement": reached, "chance": float(np.mean(shuffled)), "errors": errors, "measure": agree.__name__}


def _about(column: Any) -> str | None:
    of = column.get("of")
    return of.get("column") if isinstance(of, dict) else None


def _agreement_matrix(table: pd.DataFrame, columns: list[Any], target: Target) -> Any:
    """A function from an order of the sample's rows to its agreement with the answers."""
    if len(columns) == 1 and columns[0].get("dtype") in {"label", "string"}:
        told = table[str(columns[0]["name"])].astype(str).to_numpy()
        truth = target.test_text.to_numpy()

        def share(order: Any) -> float:
            return float(np.mean(told[order] == truth))

        return share
    values = np.column_stack([pd.to_numeric(table[str(c["name"])], errors="coerce") for c in columns]).astype(float)
    if not np.isfinite(values).all():
        return None
    if target.classes:
        goal = np.column_stack([target.test_text == str((c.get("of") or {}).get("class")) for c in columns]).astype(
            float
        )
    else:
        values = np.column_stack([pd.Series(column).rank() for column in values.T])
        goal = np.column_stack([pd.Series(target.test).rank()] * len(columns)).astype(float)
    values, goal = values - values.mean(axis=0), goal - goal.mean(axis=0)
    size = float(np.sqrt((values**2).sum() * (goal**2).sum()))

    def correlation(order: Any) -> float:
        return float((values[order] * goal).sum() / size) if size > 0 else 0.0

    return correlation
