"""Times in public columns, read as the dataset profile reads them: day and month must not change places."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from forge_runtime.dataset import dates
from forge_runtime.dataset.database import Database, quoted
from forge_runtime.dataset.missing import missing_codes
from forge_runtime.probes.signal_scores import Floats

MOSTLY = 0.9
"""Share of the present values that must be numbers for a column to be read as numbers."""


def moments(*parts: pd.Series[str]) -> list[Floats]:
    """Parts of one column as numbers that grow with time: numbers (years, epochs) as they are, dates as seconds.

    One reading serves all parts, so that a part of ambiguous dates is read as the others. NaN where a value is no time.
    """
    whole = pd.concat(parts)
    numbers = np.asarray(pd.to_numeric(whole, errors="coerce"), dtype=float)
    present = (whole != "").to_numpy()
    if np.isfinite(numbers).sum() < MOSTLY * present.sum():
        seconds = _seconds(sorted(set(whole[present])))
        numbers = np.asarray(whole.map(seconds), dtype=float)
    ends = np.cumsum([len(part) for part in parts])
    return list(np.split(numbers, ends[:-1]))


def _seconds(texts: list[str]) -> dict[str, float]:
    """Seconds since 1970 of distinct texts by the one format that fits all but missing codes; empty without one."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        database = Database(scratch, scratch, 0)
        try:
            stored = database.create(([text] for text in texts), 1)
            values = f"(SELECT c0 AS v, 1 AS n FROM {stored})"  # noqa: S608  the name is generated
            codes = [str(code["value"]) for code in missing_codes(database, values)]
            if codes:
                values = f"(SELECT v, n FROM {values} WHERE v NOT IN ({', '.join(map(quoted, codes))}))"  # noqa: S608
            found = dates.find_format(database, values, len(texts) - len(codes))
            if found is None:
                return {}
            return dict(database.rows(f"SELECT v, {dates.seconds_sql(found[0])} FROM {values}"))  # noqa: S608
        finally:
            database.close()
