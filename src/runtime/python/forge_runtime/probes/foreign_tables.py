"""The answers of a foreign task and the submission that knows them, where their files are there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from forge_runtime.probes.foreign_frames import ID_NAME, Setting

MAX_ROWS = 50_000
MAX_CELLS = 2_000_000


def given_setting(paths: dict[str, Path], key: str) -> Setting | None:
    """None when there are no answers, or no submission can be built from them."""
    if "answers" not in paths:
        return None
    try:
        answers = _table(paths["answers"])
        columns = list(_table(paths["sample"]).columns) if "sample" in paths else list(answers.columns)
    except (OSError, ValueError):
        return None
    names = [name for name in columns if name in answers.columns]
    if len(names) != len(columns) or len(names) < 2 or len(answers) < 2 or answers.size > MAX_CELLS:
        return None
    found = key if key in names else next((name for name in names if ID_NAME.search(str(name))), names[0])
    predictions = [name for name in names if name != found]
    perfect = answers[names]
    return Setting(answers, perfect, found, predictions, _kind(perfect[predictions]))


def _table(path: Path) -> pd.DataFrame:
    if path.suffix == ".jsonl":
        return pd.read_json(path, lines=True, nrows=MAX_ROWS)
    return pd.read_csv(path, nrows=MAX_ROWS)


def _kind(predictions: pd.DataFrame) -> str:
    types = {
        pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype) for dtype in predictions.dtypes
    }
    if types == {True}:
        return "number"
    first = predictions.iloc[:, 0]
    return "class" if first.nunique() <= 1 + len(first) // 4 else "list"
