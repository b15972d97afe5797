"""Recording sessions: runs of file numbers whose pictures share light, background or person."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from forge_runtime.probes.signal_media_features import Floats
from forge_runtime.probes.signal_media_files import MediaFile

MOST = 600
"""Consecutive files looked at, from the middle of the numbering."""
LAGS = 60
RUNS = 5
"""Blocks of numbers cut sessions at their ends; long blocks cut few of them …"""
GROUPS = 40
"""… as long as enough blocks are left to deal out."""


def numbering(files: list[MediaFile]) -> list[MediaFile]:
    """The files by number; numbers that occur twice leave the order undefined and give nothing."""
    ordered = sorted(files, key=lambda f: (f.number or 0, f.name))
    different = len({f.number for f in ordered})
    return ordered if different >= 0.95 * len(ordered) else []


def session_length(files: list[MediaFile], look: Callable[[MediaFile], Floats]) -> dict[str, Any] | None:
    """How many consecutive numbers belong together, from the resemblance of neighbours at growing distance.

    In runs of length L a share 1 - lag/L of the pairs at that lag lies within one run, so the excess resemblance
    falls to one half at lag L/2. None when neighbours resemble each other no more than any two files.
    """
    if len(files) < 4 * LAGS:
        return None
    start = max(0, (len(files) - MOST) // 2)
    window = files[start : start + MOST]
    views = np.array([look(file) for file in window])
    views = (views - views.mean(axis=0)) / np.where(views.std(axis=0) > 0, views.std(axis=0), 1)

    def distance(lag: int) -> float:
        return float(np.mean(np.linalg.norm(views[lag:] - views[:-lag], axis=1)))

    far = float(np.mean([distance(lag) for lag in range(len(window) // 2, len(window) // 2 + 20)]))
    near = distance(1)
    excess = [(far - distance(lag)) / far for lag in range(1, LAGS)]
    half = next((lag for lag, value in enumerate(excess, start=1) if value < excess[0] / 2), LAGS)
    labels = [file.label for file in window]
    pairs: dict[tuple[str, str], int] = {}
    for pair in pairwise(labels):
        pairs[pair] = pairs.get(pair, 0) + 1
    best: dict[str, int] = {}
    for (before, _), count in pairs.items():
        best[before] = max(best.get(before, 0), count)
    length = 2 * half
    span = (files[-1].number or 0) - (files[0].number or 0) + 1
    return {
        "length": length,
        "run": max(length, min(RUNS * length, span // GROUPS)),
        "span": span,
        "resemblance": 1 - near / far if far > 0 else 0.0,
        "labelAfterLabel": sum(best.values()) / max(len(labels) - 1, 1),
    }
