"""Small stand-ins for modules that foreign graders import from the suite they belong to.

Written from the documented interfaces. Only what has one meaning is here (exceptions, base classes, reading a table,
progress bars); helpers that decide how a submission is scored are never imitated, since their faults would be ours.
"""

from __future__ import annotations

import logging
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

Names = dict[str, Any]


class InvalidSubmissionError(Exception):
    """The one exception by which both suites tell a bad submission from a broken grader."""


class CompetitionMetrics:
    """Base class of graders that are classes: `evaluate(y_true, y_pred)` and `validate_submission`."""

    def __init__(self, higher_is_better: bool = True) -> None:
        self.higher_is_better = higher_is_better


def _read_csv(*args: Any, **kwargs: Any) -> pd.DataFrame:
    return pd.read_csv(*args, **{"float_precision": "round_trip", **kwargs})


def _get_logger(name: str, *_args: Any, **_kwargs: Any) -> logging.Logger:
    logger = logging.getLogger(name)
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return logger


def _extract(src: Path, dst: Path, *_args: Any, **_kwargs: Any) -> None:
    with zipfile.ZipFile(src) as archive:
        archive.extractall(dst)  # inside the sandbox, below its writable folder


def _is_empty(folder: Path) -> bool:
    return not any(Path(folder).iterdir())


class _Progress:
    """A progress bar that shows nothing."""

    def __init__(self, items: Iterable[Any] = (), *_args: Any, **_kwargs: Any) -> None:
        self._items = items

    def __iter__(self) -> Any:
        return iter(self._items)

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_args: object) -> None:
        return None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_args, **_kwargs: None

    @staticmethod
    def pandas(*_args: Any, **_kwargs: Any) -> None:
        """`progress_apply` of a data frame is plain `apply`."""
        pd.DataFrame.progress_apply = pd.DataFrame.apply
        pd.Series.progress_apply = pd.Series.apply


_FILES: Names = {"read_csv": _read_csv, "get_logger": _get_logger, "extract": _extract, "is_empty": _is_empty}
_TQDM: Names = {"tqdm": _Progress, "trange": lambda *numbers, **_kwargs: _Progress(range(*numbers))}

SUITES: dict[str, Names] = {
    "mlebench.grade_helpers": {"InvalidSubmissionError": InvalidSubmissionError},
    "mlebench.utils": _FILES,
    "mledojo.metrics.base": {
        "InvalidSubmissionError": InvalidSubmissionError,
        "CompetitionMetrics": CompetitionMetrics,
    },
}
"""Modules of the suites, always taken from here."""

FALLBACKS: dict[str, Names] = {"mledojo.competitions.utils": _FILES, "tqdm": _TQDM, "tqdm.auto": _TQDM}
"""Modules taken from here only when neither the task's checkout nor the environment has them."""


def module(name: str, names: Names) -> ModuleType:
    """A module with these names, registered under `name`."""
    made = ModuleType(name)
    made.__dict__.update(names)
    made.__path__ = []
    sys.modules[name] = made
    return made
