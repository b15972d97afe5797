"""The job `dataset.rows`: some rows of a table as text, for a reader who may see only so many."""

from pathlib import Path
from typing import Any

import numpy as np

from forge_runtime.dataset.reading import read_frame


def run(args: dict[str, Any], paths: dict[str, Path]) -> dict[str, Any]:
    """Mount: `raw`. `args`: `source` of the table, `columns`, `count` of rows, `start` (number of the first row from 0,
    null for a spread over the table), `skip` (how many rows of the spread to pass over), `characters` of a cell.

    The spread is one fixed order of all rows: equal tables give equal rows, and a second look goes on where the first
    one ended.
    """
    frame = read_frame(paths["raw"], args["source"])
    total, count = len(frame), int(args["count"])
    if args["start"] is None:
        skip = int(args["skip"])
        numbers = np.random.default_rng(0).permutation(total)[skip : skip + count]
    else:
        start = int(args["start"])
        numbers = np.arange(min(start, total), min(start + count, total))
    chosen = frame[args["columns"]].iloc[numbers]
    most = int(args["characters"])
    return {
        "total": total,
        "rows": [
            {"number": int(number), "cells": [_cut(str(cell), most) for cell in cells]}
            for number, cells in zip(numbers, chosen.itertuples(index=False, name=None), strict=True)
        ],
    }


def _cut(cell: str, most: int) -> str:
    return cell if len(cell) <= most else f"{cell[:most]}… ({len(cell)} characters)"
