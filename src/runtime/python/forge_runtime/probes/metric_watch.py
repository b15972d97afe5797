"""What a grader does besides computing: files, processes and network it reaches for, library functions it replaces.

Audit hooks cannot be removed by the code they watch, so a grader cannot hide; it can only be named.
"""

from __future__ import annotations

import builtins
import math
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pandas as pd

Json = dict[str, Any]

MAX_EVENTS = 5
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Reading is innocent where Python itself reads: its libraries, time zones, the state of the machine.
SYSTEM_PLACES = ("/usr/", "/etc/", "/proc/", "/sys/", "/lib", "/dev/")
PREFIXES = ("os.", "shutil.", "subprocess.", "socket.", "tempfile.", "glob.", "urllib.", "http.", "pathlib.")
INNOCENT = {"os.listdir", "os.scandir", "os.walk", "os.fwalk"}
"""Import machinery lists folders; listing alone reads no file."""


class Watch:
    """Collects the audit events that happen while a function of `file` is on the stack."""

    def __init__(self, file: Path) -> None:
        self.file = str(file)
        self.active = False
        self.events: list[Json] = []
        self._libraries = tuple(
            str(Path(entry).resolve()) for entry in {sys.prefix, sys.base_prefix, *sys.path} if entry
        )
        self._patched = _library_functions()
        sys.addaudithook(self._hook)

    @contextmanager
    def on(self) -> Iterator[None]:
        self.active = True
        try:
            yield
        finally:
            self.active = False

    def replaced(self) -> list[str]:
        """Functions of builtins, math, numpy and pandas that are new or no longer what they were at the start."""
        now = _library_functions()
        names = {*now, *self._patched}
        return sorted(name for name in names if now.get(name) is not self._patched.get(name))

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.active or len(self.events) >= MAX_EVENTS:
            return
        detail = self._open(arguments) if event == "open" else self._other(event, arguments)
        if detail is None:
            return
        self.active = False  # describing the event must not cause events
        line = _line(sys._getframe(), self.file)
        if line is not None and not any(e["event"] == event and e["line"] == line for e in self.events):
            self.events.append({"event": event, "detail": detail[:120], "line": line})
        self.active = True

    def _open(self, arguments: tuple[Any, ...]) -> str | None:
        path, mode, flags = (*arguments, None, None)[:3]
        if isinstance(path, int) or path is None:
            return None
        name = os.fsdecode(path) if isinstance(path, (str, bytes)) else str(path)
        writes = (isinstance(mode, str) and any(c in mode for c in "wax+")) or (
            isinstance(flags, int) and flags & WRITING
        )
        if not writes and (name.startswith(SYSTEM_PLACES) or name.startswith(self._libraries) or name.endswith(".py")):
            return None
        return f"{'writes' if writes else 'reads'} {Path(name).name or name}"

    def _other(self, event: str, arguments: tuple[Any, ...]) -> str | None:
        if event in INNOCENT or not event.startswith(PREFIXES):
            return None
        return f"{event}({', '.join(repr(a)[:40] for a in arguments[:2])})"


def _line(frame: FrameType | None, file: str) -> int | None:
    """The line of `file` that caused the event; None when it is not at work, or only imports a library."""
    while frame is not None:
        if frame.f_code.co_filename == file:
            return frame.f_lineno
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return None
        frame = frame.f_back
    return None


def _library_functions() -> dict[str, object]:
    spaces: dict[str, object] = {
        "builtins": builtins,
        "math": math,
        "numpy": np,
        "pandas": pd,
        "DataFrame": pd.DataFrame,
        "Series": pd.Series,
    }
    # Callables only: libraries fill caches and load submodules lazily, and that is nobody's doing.
    return {
        f"{space}.{name}": value
        for space, holder in spaces.items()
        for name, value in list(vars(holder).items())
        if (callable(value) and not name.startswith("__")) or (space == "builtins" and name == "__import__")
    }
