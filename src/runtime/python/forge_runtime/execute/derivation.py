"""Runs a `derive(raw)` and measures the table that it gives."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.dataset.spelling import text_of
from forge_runtime.execute.entropy import scatter
from forge_runtime.execute.raw_folder import raw_folder
from forge_runtime.package import load_module

Json = dict[str, Any]

MOST_COLUMNS = 500
MOST_ROWS = 20_000_000
NAME_CHARACTERS = 200
QUANTILES = (0.0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1.0)


def run(args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `script` (defines `derive`), `raw` (read), `work` (written: the current folder). `args`: `entropy` starts
    the global generators, `rawName` names a dataset of one file, `top` and `characters` bound the listed values.

    The hash of a column is over its type and all its values in order. `problem` says why there is no table to measure,
    in words that hold nothing of the data. Raises what `derive` raises.
    """
    scatter(int(args["entropy"]))
    os.chdir(paths["work"])
    module = load_module(paths["script"])
    derive = getattr(module, "derive", None)
    if not callable(derive):
        return _refused("the text defines no function derive(raw)")
    frame = derive(raw_folder(paths["raw"], args.get("rawName")))
    if not isinstance(frame, pd.DataFrame):
        return _refused("derive(raw) gave something else than a pandas DataFrame")
    if len(frame.columns) > MOST_COLUMNS or len(frame) > MOST_ROWS:
        return _refused(f"derive(raw) gave {len(frame)} rows and {len(frame.columns)} columns, which is too many")
    columns = [
        measure(str(name), frame.iloc[:, place], int(args["top"]), int(args["characters"]))
        for place, name in enumerate(frame.columns)
    ]
    return {"problem": None, "rows": len(frame), "columns": columns}


def _refused(problem: str) -> Json:
    return {"problem": problem, "rows": 0, "columns": []}


def measure(name: str, column: pd.Series[Any], top: int, characters: int) -> Json:
    """Type, missing and distinct values, the most frequent ones, and quantiles of numbers."""
    values = column.reset_index(drop=True)
    texts = pd.Series([_text(value) for value in values], dtype=object)
    missing = values.isna() | texts.eq("")
    present = texts[~missing]
    counts = sorted(present.value_counts().items(), key=lambda item: (-item[1], str(item[0])))
    numbers = _numbers(values[~missing])
    return {
        "name": name[:NAME_CHARACTERS],
        "kind": _kind(values, numbers, len(present)),
        "missing": int(missing.sum()),
        "distinct": len(counts),
        "top": [{"value": str(value)[:characters], "count": int(count)} for value, count in counts[:top]],
        "quantiles": None if numbers is None else [float(value) for value in np.quantile(numbers, QUANTILES)],
        "sha256": _hash(name, str(values.dtype), texts, missing),
    }


def _text(value: object) -> str:
    """Floats with all their digits, everything else as prepare.py files spell it."""
    if isinstance(value, (float, np.floating)) and value == value:  # noqa: PLR0124  not NaN
        return repr(float(value))
    if isinstance(value, np.generic):
        return text_of(value.item())
    return "" if value is pd.NA or value is pd.NaT else text_of(value)


def _numbers(present: pd.Series[Any]) -> np.ndarray[Any, Any] | None:
    """The finite values of a column of numbers; None for anything else."""
    types = pd.api.types
    real = types.is_numeric_dtype(present) and not types.is_bool_dtype(present) and not types.is_complex_dtype(present)
    if present.empty or not real:
        return None
    numbers = present.to_numpy(dtype=float, na_value=np.nan)
    finite = numbers[np.isfinite(numbers)]
    return finite if len(finite) > 0 else None


def _kind(values: pd.Series[Any], numbers: object, present: int) -> str:
    if present == 0:
        return "empty"
    if pd.api.types.is_bool_dtype(values):
        return "boolean"
    if pd.api.types.is_datetime64_any_dtype(values):
        return "datetime"
    if numbers is None:
        return "text"
    return "integer" if pd.api.types.is_integer_dtype(values) else "number"


def _hash(name: str, dtype: str, texts: pd.Series[Any], missing: pd.Series[Any]) -> str:
    digest = hashlib.sha256(f"{name}\0{dtype}\0".encode("utf-8", "surrogatepass"))
    for text, gone in zip(texts, missing, strict=True):
        # A length before each value: no separator is safe from what a value may hold.
        data = b"" if gone else str(text).encode("utf-8", "surrogatepass")
        digest.update(b"-" if gone else f"{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()
