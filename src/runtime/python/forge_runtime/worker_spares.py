"""Supervisors that were forked before there was a job: what a job waits for is what cannot be done ahead.

They are made while nothing runs, so that they take no time from jobs. Each holds an empty cell as of the moment it was
made; when the mounts of the machine change, cells that were made before would not see the new ones, and are dropped.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
from dataclasses import dataclass
from pathlib import Path

from forge_runtime.sandbox import linux
from forge_runtime.sandbox.cell import Cell
from forge_runtime.sandbox.contain import keep_only
from forge_runtime.worker import supervise, write_line

SPARES = 4
"""As many jobs as a save of metric.py starts at first."""


@dataclass(frozen=True)
class SupervisorProcess:
    """A supervisor that waits for its message."""

    pid: int
    orders: int
    answers: int
    mounts: str

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


def fork_supervisor(*, ready: bool) -> SupervisorProcess:
    """A new supervisor; a `ready` one has its cell already."""
    reader, writer = os.pipe()
    order_reader, order_writer = os.pipe()
    zygote = os.getpid()
    mounts = mounts_now()
    # A cancellation that arrives before the supervisor listens must wait, not kill it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            linux.die_with_parent(zygote)
            _serve(order_reader, writer, ready=ready)
        os._exit(0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    os.close(order_reader)
    os.close(writer)
    return SupervisorProcess(pid, order_writer, reader, mounts)


def mounts_now() -> str:
    """What is mounted; empty where the system does not tell."""
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


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
