"""The process that has the packages loaded, and forks a supervisor for each job.

Every job inherits a copy of its memory. So it never sees a message, an answer or a path: it gets two descriptors that
it hands on, and is told nothing else. It talks to the front alone (worker_front.py).
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys

from forge_runtime.sandbox import linux
from forge_runtime.sandbox.cell import Cell
from forge_runtime.sandbox.contain import keep_only
from forge_runtime.worker import supervise

COMMAND_BYTES = 256
# Only to take note of the dead; a command is heard at once.
_POLL_SECONDS = 1.0


class Zygote:
    """Forks on command: `{"make": number, "ready": bool}` with the end of the orders and that of the answers as
    descriptors, and `{"end": number, "signal": number}`."""

    def __init__(self, front: socket.socket) -> None:
        self._front = front
        self._children: dict[int, int] = {}

    def serve(self) -> None:
        """Goes on until the front has gone; its supervisors end with it."""
        if sys.platform == "linux":
            linux.adopt_orphans()
        while True:
            ready, _, _ = select.select([self._front], [], [], _POLL_SECONDS)
            if ready:
                text, descriptors, _, _ = socket.recv_fds(self._front, COMMAND_BYTES, 2)
                if not text:
                    return
                self._obey(json.loads(text), descriptors)
            self._reap()

    def _obey(self, command: dict[str, int], descriptors: list[int]) -> None:
        if "end" in command:
            self._reap()  # An id that was given to another process since must not be asked to end.
            pid = self._children.get(command["end"])
            if pid is not None:
                os.kill(pid, command["signal"])
            return
        orders, answers = descriptors
        # A machine without a process to spare: the front sees the end of the answers.
        with contextlib.suppress(OSError):
            self._children[command["make"]] = self._fork(orders, answers, ready=bool(command["ready"]))
        os.close(orders)
        os.close(answers)

    def _fork(self, orders: int, answers: int, *, ready: bool) -> int:
        zygote = os.getpid()
        # A cancellation that arrives before the supervisor listens must wait, not kill it.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        try:
            pid = os.fork()
            if pid == 0:
                with contextlib.suppress(BaseException):
                    if sys.platform == "linux":
                        linux.die_with_parent(zygote)
                    _supervise(orders, answers, ready=ready)
                os._exit(0)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        return pid

    def _reap(self) -> None:
        """Takes note of supervisors that have ended, and of what those that were killed left to this process."""
        with contextlib.suppress(ChildProcessError):
            while (pid := os.waitpid(-1, os.WNOHANG)[0]) != 0:
                self._children = {number: child for number, child in self._children.items() if child != pid}


def _supervise(orders: int, answers: int, *, ready: bool) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for place in (0, 1):
        os.dup2(null, place)
    keep_only({0, 1, 2, orders, answers})
    if sys.platform == "linux":
        linux.adopt_orphans()
    cell = Cell.open() if ready else None
    with os.fdopen(orders, "rb") as stream:
        line = stream.readline()
        if line:
            # To its end, which comes when the front has nothing more urgent to do.
            supervise(json.loads(line), answers, stream.read, cell)
