"""Supervisors as the front knows them: by number, and by the pipes to and from them.

Some are made before there is a job: what a job then waits for is what cannot be done ahead. They are made while nothing
runs, so that they take no time from jobs. Each holds an empty cell as of the moment it was made; when the mounts of the
machine change, cells that were made before would not see the new ones, and are dropped.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import select
import signal
import socket
from dataclasses import dataclass
from pathlib import Path

from forge_runtime.sandbox import mounts
from forge_runtime.sandbox.pipes import write_all

SPARES = 4
"""As many jobs as a save of metric.py starts at first."""

Mark = tuple[object, ...]

_numbers = itertools.count(1)


class Machine:
    """What a cell shows of the machine as it was when the cell was made."""

    def __init__(self) -> None:
        """Watches the mounts, where the system tells of them."""
        self._changes = 0
        self._table: int | None = None
        with contextlib.suppress(OSError):
            self._table = os.open("/proc/self/mountinfo", os.O_RDONLY | os.O_CLOEXEC)

    def mark(self) -> Mark:
        """Another one after every change of the mounts, and when the interpreter's folders were made anew."""
        folders = [_identity(folder) for folder in mounts.interpreter_folders().values()]
        return (self._mount_changes(), _mount_table(), *folders)

    def _mount_changes(self) -> int:
        """A mount in the place of another may look the same in the table: the kernel tells that there was a change."""
        if self._table is not None:
            poll = select.poll()
            poll.register(self._table, select.POLLPRI)
            self._changes += bool(poll.poll(0))
        return self._changes


def _mount_table() -> str:
    """For kernels that tell of no change; empty where the system shows no table."""
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _identity(folder: str) -> tuple[int, int] | None:
    try:
        found = Path(folder).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@dataclass(frozen=True)
class SupervisorProcess:
    """A supervisor that waits for its message."""

    number: int
    orders: int
    answers: int
    mark: Mark
    zygote: socket.socket

    def give(self, line: bytes) -> None:
        """Sends the one message, without its end of line."""
        with contextlib.suppress(BrokenPipeError):  # If it has died, the end of its answers tells that.
            write_all(self.orders, line + b"\n")

    def lives(self) -> bool:
        """False when something has ended it. Only of one that was given nothing, and so has said nothing."""
        poll = select.poll()
        poll.register(self.answers, select.POLLIN)
        return not poll.poll(0)

    def end(self, number: signal.Signals) -> None:
        """Sends a signal, unless it has ended."""
        _command(self.zygote, {"end": self.number, "signal": int(number)})

    def let_go(self) -> None:
        """Allows one that has answered to take down its sandbox."""
        os.close(self.orders)

    def drop(self) -> None:
        """Ends one that was given nothing."""
        os.close(self.orders)
        os.close(self.answers)
        self.end(signal.SIGKILL)


def make_supervisor(zygote: socket.socket, *, ready: bool, mark: Mark = ()) -> SupervisorProcess:
    """A new supervisor; a `ready` one makes its cell at once. Raises OSError."""
    answers, writer = os.pipe()
    orders_reader, orders = os.pipe()
    made = SupervisorProcess(next(_numbers), orders, answers, mark, zygote)
    _command(zygote, {"make": made.number, "ready": ready}, orders_reader, writer)
    os.close(orders_reader)
    os.close(writer)
    return made


def _command(zygote: socket.socket, command: dict[str, int], *descriptors: int) -> None:
    # A zygote that has died cannot be told anything; the front learns of it by itself.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        socket.send_fds(zygote, [json.dumps(command).encode()], descriptors)
