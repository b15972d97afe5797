"""Supervisors that were forked before there was a job: what a job waits for is what cannot be done ahead.

They are made while nothing runs, so that they take no time from jobs. Each holds an empty cell as of the moment it was
made; when the mounts of the machine change, cells that were made before would not see the new ones, and are dropped.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
from dataclasses import dataclass
from pathlib import Path

from forge_runtime.sandbox import linux, mounts
from forge_runtime.sandbox.cell import Cell
from forge_runtime.sandbox.contain import keep_only
from forge_runtime.worker import supervise, write_line

SPARES = 4
"""As many jobs as a save of metric.py starts at first."""

Mark = tuple[object, ...]


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

    pid: int
    orders: int
    answers: int
    mark: Mark

    def give(self, line: bytes) -> None:
        """Sends the one message, without its end of line."""
        try:
            while line:
                line = line[os.write(self.orders, line) :]
        except BrokenPipeError:
            pass  # The end of its answers tells.
        finally:
            os.close(self.orders)

    def lives(self) -> bool:
        """False when something has ended it."""
        with contextlib.suppress(ChildProcessError):
            return os.waitpid(self.pid, os.WNOHANG)[0] == 0
        return False

    def drop(self) -> None:
        """Ends one that was given nothing."""
        os.close(self.orders)
        os.close(self.answers)
        if self.lives():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def fork_supervisor(*, ready: bool, mark: Mark = ()) -> SupervisorProcess:
    """A new supervisor; a `ready` one has its cell already. Raises OSError."""
    reader, writer = os.pipe()
    order_reader, order_writer = os.pipe()
    zygote = os.getpid()
    # A cancellation that arrives before the supervisor listens must wait, not kill it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        pid = os.fork()
    except OSError:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        for descriptor in (reader, writer, order_reader, order_writer):
            os.close(descriptor)
        raise
    if pid == 0:
        with contextlib.suppress(BaseException):
            linux.die_with_parent(zygote)
            _serve(order_reader, writer, ready=ready)
        os._exit(0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    os.close(order_reader)
    os.close(writer)
    return SupervisorProcess(pid, order_writer, reader, mark)


def _serve(orders: int, answers: int, *, ready: bool) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for place in (0, 1):
        os.dup2(null, place)
    keep_only({0, 1, 2, orders, answers})
    linux.adopt_orphans()
    cell = Cell.open() if ready else None
    with os.fdopen(orders, "rb") as stream:
        line = stream.read()
    if line:
        write_line(answers, supervise(json.loads(line), cell))
