"""Calls a foreign grader as its suite does, whatever its functions are called."""

from __future__ import annotations

import inspect
import tempfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from forge_runtime.probes.foreign_standins import InvalidSubmissionError

Json = dict[str, Any]
Score = Callable[[pd.DataFrame, pd.DataFrame], Any]


class UnfitError(ValueError):
    """The grader cannot be called with what its interface says; the message tells why."""


class Adapter:
    """`score(submission, answers)` of one grader, and what it declares about itself."""

    def __init__(self, module: ModuleType, interface: Json) -> None:
        self.module, self.interface = module, interface
        self.higher_is_better: bool | None = None
        self.key = "id"
        self.score: Score = self._class() if interface["kind"] == "class" else self._function()

    def invalid(self) -> type[BaseException]:
        """The exception that stands for a bad submission: the grader's own of that name, else the suite's."""
        found = getattr(self.module, self.interface["invalid"], None)
        return found if isinstance(found, type) and issubclass(found, BaseException) else InvalidSubmissionError

    def _class(self) -> Score:
        made = getattr(self.module, self.interface["name"], None)
        if not isinstance(made, type):
            raise UnfitError(f"the grader defines no class {self.interface['name']}")
        grader = made()
        declared = getattr(grader, "higher_is_better", None)
        self.higher_is_better = declared if isinstance(declared, bool) else None

        def score(submission: pd.DataFrame, answers: pd.DataFrame) -> Any:
            # The suite validates first and scores the same two tables, the answers given first.
            if hasattr(grader, "validate_submission"):
                grader.validate_submission(submission, answers)
            return grader.evaluate(answers, submission)

        return score

    def _function(self) -> Score:
        function = getattr(self.module, self.interface["name"], None)
        if not callable(function):
            raise UnfitError(f"the grader defines no function {self.interface['name']}")
        roles: list[str] = self.interface["roles"]
        parameters = list(inspect.signature(function).parameters)[: len(roles)]

        def score(submission: pd.DataFrame, answers: pd.DataFrame) -> Any:
            given = {"submission": submission, "answers": answers, "key": self.key}
            with tempfile.TemporaryDirectory() as folder:
                values = [_path(Path(folder), role, given) if role.endswith(" path") else given[role] for role in roles]
                return function(**dict(zip(parameters, values, strict=True)))

        return score


def _path(folder: Path, role: str, given: Json) -> str:
    name = role.removesuffix(" path")
    file = folder / f"{name}.csv"
    given[name].to_csv(file, index=False)
    return str(file)


def as_read(frame: pd.DataFrame) -> pd.DataFrame:
    """The table as a suite reads it from the file of a competitor: plain `pd.read_csv`."""
    return pd.read_csv(StringIO(frame.to_csv(index=False)))
