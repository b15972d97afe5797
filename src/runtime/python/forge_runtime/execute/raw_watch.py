"""Attempts to change the raw dataset. The sandbox refuses them; a script that ignores the refusal still made them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

Json = dict[str, Any]

MAX_ATTEMPTS = 5
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Positions of the changed paths among the arguments of audit events, https://docs.python.org/3/library/audit_events.html
CHANGES = {
    "os.remove": (0,),
    "os.rename": (0, 1),
    "os.rmdir": (0,),
    "os.mkdir": (0,),
    "os.truncate": (0,),
    "os.utime": (0,),
    "os.chmod": (0,),
    "os.chown": (0,),
    "os.link": (1,),
    "os.symlink": (1,),
    "shutil.rmtree": (0,),
    "shutil.move": (0, 1),
    "shutil.copyfile": (1,),
}


class RawWatch:
    """Collects the audit events by which `script` would write, move or delete below `raw`."""

    def __init__(self, raw: Path, script: Path) -> None:
        self.attempts: list[Json] = []
        self._places = {str(raw.absolute()), str(raw.resolve())}
        self._script = str(script)
        self._active = False
        sys.addaudithook(self._hook)

    @contextmanager
    def on(self) -> Iterator[None]:
        self._active = True
        try:
            yield
        finally:
            self._active = False

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._active or len(self.attempts) >= MAX_ATTEMPTS:
            return
        if event != "open" and event not in CHANGES:
            return
        self._active = False  # describing the event must not cause events
        try:
            self._note(event, arguments)
        finally:
            self._active = True

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = (*arguments, None, None)[:3]
            writes = isinstance(mode, str) and any(sign in mode for sign in "wax+")
            if not writes and not (isinstance(flags, int) and flags & WRITING):
                return
            paths: tuple[Any, ...] = (path,)
        else:
            paths = tuple(arguments[place] for place in CHANGES[event] if place < len(arguments))
        inside = next((name for path in paths if (name := self._below(path)) is not None), None)
        line = _line(sys._getframe(), self._script)
        if inside is not None and not any(known["line"] == line for known in self.attempts):
            self.attempts.append({"operation": event, "file": inside, "line": line})

    def _below(self, path: object) -> str | None:
        """The path relative to the dataset; None when it lies elsewhere."""
        if not isinstance(path, (str, bytes, os.PathLike)):
            return None
        name = os.path.normpath(Path.cwd() / os.fsdecode(path))
        for place in self._places:
            if name == place or name.startswith(f"{place}{os.sep}"):
                return os.path.relpath(name, place)
        return None


def _line(frame: FrameType | None, script: str) -> int | None:
    """The line of the script that is at work."""
    while frame is not None:
        if frame.f_code.co_filename == script:
            return frame.f_lineno
        frame = frame.f_back
    return None
