"""Whether the split keeps apart what it must: groups, times, and test rows that show each other's answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.probes.leakage_frames import Frames, Target
from forge_runtime.probes.leakage_times import moments

Json = dict[str, Any]

EXAMPLES = 5
HORIZON = 14
MAX_SERIES = 200


def declared_groups(frames: Frames, columns: list[str]) -> Json | None:
    """Values of the group key that stand in both parts; None when the key is not in the public files."""
    present = [name for name in columns if name in frames.train.columns and name in frames.test.columns]
    if not present or len(present) < len(columns):
        return None
    keys = [part[present].agg("\x1f".join, axis=1) for part in (frames.train, frames.test)]
    empty = "\x1f" * (len(present) - 1)
    shared = sorted((set(keys[0]) & set(keys[1])) - {empty})
    rows = int(keys[1].isin(shared).sum())
    row = int(np.flatnonzero(keys[1].isin(shared))[0]) if rows else None
    return {"columns": present, "shared": len(shared), "rows": rows, "examples": shared[:EXAMPLES], "row": row}


def times(frames: Frames, columns: list[str]) -> Json | None:
    """Test rows that are not later than the last train row; None when no column holds public times."""
    for name in columns:
        if name in frames.train.columns and name in frames.test.columns:
            train, test = moments(frames.train[name], frames.test[name])
            if np.isfinite(train).mean() < 0.9 or np.isfinite(test).mean() < 0.9:
                continue
            border = np.nanmax(train)
            early = np.flatnonzero(test <= border)
            latest = str(frames.train[name].iloc[int(np.nanargmax(train))])
            first = int(early[0]) if len(early) else None
            return {"column": name, "early": len(early), "test": len(test), "latest": latest, "row": first}
    return None


def look_ahead(frames: Frames, target: Target, time: str) -> list[Json]:
    """Features of test rows that repeat the answer of an earlier test row, in order of time and within series."""
    if target.classes or time not in frames.test.columns or len(np.unique(target.test)) < 5:
        return []
    order = np.argsort(moments(frames.train[time], frames.test[time])[1], kind="stable")
    series = [
        name for name, kind in frames.kinds.items() if kind == "category" and frames.test[name].nunique() <= MAX_SERIES
    ]
    groups: list[tuple[str | None, Any]] = [(None, np.zeros(len(order)))]
    groups += [(name, frames.test[name].to_numpy()) for name in series[:5]]
    found: dict[str, Json] = {}
    for name, kind in frames.kinds.items():
        if kind != "number":
            continue
        values = np.asarray(pd.to_numeric(frames.test[name], errors="coerce"), dtype=float)
        for by, keys in groups:
            table = pd.DataFrame({"key": keys[order], "value": values[order], "y": target.test[order]})
            for steps in range(1, HORIZON + 1):
                later = table.groupby("key")["value"].shift(-steps)
                known = later.notna()
                if known.sum() < 10:
                    continue
                share = float(np.isclose(later[known], table["y"][known], rtol=1e-9).mean())
                if share >= 0.5 and share > found.get(name, {"share": 0.0})["share"]:
                    found[name] = {"column": name, "steps": steps, "series": by, "share": share}
    return sorted(found.values(), key=lambda item: -item["share"])
