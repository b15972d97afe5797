"""Cells that a spreadsheet would run: https://owasp.org/www-community/attacks/CSV_Injection."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd

from forge_runtime.package import PackageError, read_text_table

Json = dict[str, Any]

# An equals sign always starts a formula; the other signs do when a call, a sheet or a command follows.
FORMULA = re.compile(r"^(?:=[^=\s]|[+\-@]\s*[A-Za-z_.]+\s*[(!|])")
EXAMPLES = 3


def formula_cells(path: Path) -> list[Json]:
    """For each text column with such cells: their number, and the first rows (zero-based) with a piece of the cell."""
    try:
        table = read_text_table(path)
    except PackageError:
        return []  # the structure checks report it
    found = []
    for position, name in enumerate(table.columns):
        cells = table.iloc[:, position].dropna()
        first = cells.str.slice(0, 1)
        signs = cells[first.isin(["=", "+", "-", "@"])]
        if signs.empty:
            continue
        signs = signs[pd.to_numeric(signs, errors="coerce").isna()]
        run = [(row, cell) for row, cell in signs.items() if FORMULA.match(cell)]
        if run:
            rows = [{"row": int(str(row)), "cell": cell[:60]} for row, cell in run[:EXAMPLES]]
            found.append({"column": str(name), "count": len(run), "rows": rows})
    return found
