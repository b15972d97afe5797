"""Calls a grader safely: any end of a call is a value, the inputs are compared before and after."""

from __future__ import annotations

import contextlib
import io
import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import numpy as np
import pandas as pd

from forge_runtime.execute.kept_modules import kept_modules
from forge_runtime.execute.time_limit import TimeUpError, time_limit
from forge_runtime.probes.metric_watch import Watch

MESSAGE = 500
PRINTED = 2_000
Outcome = Literal["scored", "refused", "raised", "timeout"]


@dataclass(frozen=True)
class Call:
    """How one call ended."""

    outcome: Outcome
    score: float | None = None
    """The returned number; None when the function returned none."""
    kind: str = ""
    """Type of the returned value."""
    error: str = ""
    message: str = ""
    line: int | None = None
    """Line of the grader that was running when it raised or was stopped."""
    raised_here: bool = False
    """The exception comes from a `raise` statement of the grader itself."""
    mutated: tuple[str, ...] = ()


class Sink(io.TextIOBase):
    """Counts what is printed and keeps none of it."""

    def __init__(self) -> None:
        self.characters = 0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.characters += len(text)
        return len(text)


class Grader:
    """The functions of one metric.py."""

    def __init__(self, file: Path, source: str, seconds: float) -> None:
        self.file, self.seconds = str(file), seconds
        self.lines = source.splitlines()
        self.watch = Watch(file)
        self.sink = Sink()
        self.lost: set[str] = set()
        self.invalid: type[BaseException] | None = None
        self.stopped = False
        self._owner = os.getpid()

    def call(self, function: Callable[..., Any], submission: Any, answers: pd.DataFrame) -> Call:
        """Calls `function(submission, answers)` on copies."""
        given = [value.copy(deep=True) if isinstance(value, pd.DataFrame) else value for value in (submission, answers)]
        end = self.guard(lambda: function(*given))
        changed = [
            name
            for name, before, after in zip(("submission", "answers"), (submission, answers), given, strict=True)
            if isinstance(before, pd.DataFrame) and not _same(before, after)
        ]
        return end if not changed else Call(**{**end.__dict__, "mutated": tuple(changed)})

    def guard(self, action: Callable[[], Any]) -> Call:
        """Runs the grader's code with limited time, its output counted, and every end turned into a value."""
        try:
            with (
                kept_modules(self.lost),
                time_limit(self.seconds),
                self.watch.on(),
                contextlib.redirect_stdout(self.sink),
                contextlib.redirect_stderr(self.sink),
            ):
                value = action()
        except TimeUpError as error:
            self.stopped = True
            return Call("timeout", line=self._place(error.__traceback__)[0])
        except BaseException as error:  # noqa: BLE001  SystemExit and KeyboardInterrupt of a grader are findings too
            line, here = self._place(error.__traceback__)
            refused = self.invalid is not None and isinstance(error, self.invalid)
            return Call(
                "refused" if refused else "raised",
                error=type(error).__name__,
                message=_text(error),
                line=line,
                raised_here=here,
            )
        finally:
            if os.getpid() != self._owner:
                os._exit(0)  # the grader forked: the copy of this probe must not go on
        return Call("scored", score=_number(value), kind=type(value).__name__)

    def _place(self, trace: TracebackType | None) -> tuple[int | None, bool]:
        """Innermost line of the grader, and whether the exception was raised by a statement there."""
        line, last = None, False
        while trace is not None:
            last = trace.tb_frame.f_code.co_filename == self.file
            if last:
                line = trace.tb_lineno
            trace = trace.tb_next
        text = self.lines[line - 1].strip() if line is not None and line <= len(self.lines) else ""
        # A raise statement over several lines is reported at its first line.
        return line, last and text.startswith(("raise", "assert"))


def _text(error: BaseException) -> str:
    try:
        return str(error)[:MESSAGE]
    except Exception:  # noqa: BLE001  __str__ of a hostile exception
        return ""


def _number(value: object) -> float | None:
    """Numbers of Python and numpy alone: a class of the grader's own may lie about its value."""
    if type(value) is float or (type(value) is int and value.bit_length() < 1000):
        return float(value)
    if isinstance(value, (np.generic, np.ndarray)) and type(value).__module__ == "numpy" and value.size == 1:
        number = value.item()
        return float(number) if type(number) in (float, int) else None
    return None


def _same(before: pd.DataFrame, after: pd.DataFrame) -> bool:
    # `equals` compares labels, types and values, but takes 1 and 1.0 for one label.
    labels = before.columns.dtype == after.columns.dtype and before.index.dtype == after.index.dtype
    return bool(labels and before.equals(after))


def close(a: float | None, b: float | None) -> bool:
    """Equal up to the rounding of sums in another order."""
    return a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
