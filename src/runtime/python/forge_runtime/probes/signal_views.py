"""What the spelling of a column gives away: trailing digits, last character, prefix, length, emptiness."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.probes.signal_scores import Floats

FEW_LEVELS = 60
"""A view with more levels than this is no longer a hint that hides in a spelling."""


def views(column: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    """The views of a column that take more than one and few levels."""
    candidates = {
        "last character": column.str[-1:],
        "first character": column.str[:1],
        "leading letters": column.str.extract(r"^([A-Za-z]+)", expand=False).fillna(""),
        "last two characters": column.str[-2:],
    }
    for name, view in candidates.items():
        if 1 < view.nunique() <= FEW_LEVELS:
            yield name, view


def emptiness(column: pd.Series) -> pd.Series | None:
    """Whether the value is missing, as a category; None when it hardly ever or nearly always is."""
    missing = column == ""
    return missing.map({True: "missing", False: "present"}) if 0.01 <= missing.mean() <= 0.99 else None


def is_counter(values: Floats) -> bool:
    """The column numbers its rows: nearly every value is its predecessor plus or minus one."""
    steps = np.diff(values)
    known = steps[np.isfinite(steps)]
    return len(known) >= 20 and float(np.mean(np.abs(known) == 1)) >= 0.9 and abs(float(np.median(known))) == 1


def as_feature(name: str) -> dict[str, Any]:
    return {"name": name, "kind": "category"}
