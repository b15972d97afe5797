"""The long-lived worker: forks a supervisor per job from a process that has the packages loaded already.

It never runs a job itself and holds no secrets, since every job inherits a copy of its memory.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import sys
import time
from dataclasses import dataclass, field

from forge_runtime.sandbox import linux
from forge_runtime.sandbox.processes import kill_descendants
from forge_runtime.worker import write_line
from forge_runtime.worker_spares import SPARES, Machine, SupervisorProcess, fork_supervisor

_CHUNK = 65_536
_POLL_SECONDS = 0.25
# Between two jobs of one verification there is less.
_IDLE_SECONDS = 0.05
# A supervisor that was told to stop and does not is killed; its whole tree dies with it.
_CANCEL_GRACE_SECONDS = 1.0


@dataclass
class _Running:
    id: int
    supervisor: SupervisorProcess
    answer: bytearray = field(default_factory=bytearray)
    answered: bool = False
    cancelled_at: float | None = None


class Zygote:
    """Takes messages from standard input and writes answers to `channel`, each a line."""

    def __init__(self, channel: int) -> None:
        self._channel = channel
        self._selector = selectors.DefaultSelector()
        self._running: dict[int, _Running] = {}
        self._spares: list[SupervisorProcess] = []
        self._machine = Machine()
        # Until there was a job in a sandbox nobody knows whether there will be any.
        self._contained = False

    def serve(self) -> None:
        """Goes on until standard input closes; then ends everything that still runs."""
        os.set_blocking(0, False)
        if sys.platform == "linux":
            linux.adopt_orphans()
        self._selector.register(0, selectors.EVENT_READ, None)
        incoming = bytearray()
        write_line(self._channel, {"ready": True})
        open_input = True
        while open_input:
            lacking = self._contained and not self._running and len(self._spares) < SPARES
            events = self._selector.select(_IDLE_SECONDS if lacking else _POLL_SECONDS)
            if not events and not self._running:
                self._tend_spares()
            for key, _ in events:
                running: _Running | None = key.data
                if running is None:
                    data = os.read(0, _CHUNK)
                    open_input = bool(data)
                    incoming += data
                    while (end := incoming.find(b"\n")) >= 0:
                        line = bytes(incoming[:end])
                        del incoming[: end + 1]
                        self._take(line)
                else:
                    self._listen(running)
            self._press_cancelled()
        kill_descendants(os.getpid())

    def _take(self, line: bytes) -> None:
        message = json.loads(line)
        if "cancel" not in message:
            self._contained = bool(message["contained"])
            running = _Running(int(message["id"]), self._supervisor())
            running.supervisor.give(line)
            self._running[running.id] = running
            self._selector.register(running.supervisor.answers, selectors.EVENT_READ, running)
            return
        cancelled = self._running.get(message["cancel"])
        if cancelled is not None and cancelled.cancelled_at is None:
            cancelled.cancelled_at = time.monotonic()
            with contextlib.suppress(ProcessLookupError):
                os.kill(cancelled.supervisor.pid, signal.SIGTERM)

    def _tend_spares(self) -> None:
        """One more, if any is lacking; whatever died meanwhile is taken away, and what keeps an old mount busy."""
        mark = self._machine.mark() if self._contained else ()
        for spare in [spare for spare in self._spares if spare.mark != mark or not spare.lives()]:
            self._spares.remove(spare)
            spare.drop()
        _reap_leftovers()
        if self._contained and len(self._spares) < SPARES:
            with contextlib.suppress(OSError):  # The machine may have no process to spare; a job may get one later.
                self._spares.append(fork_supervisor(ready=True, mark=mark))

    def _supervisor(self) -> SupervisorProcess:
        now = self._machine.mark() if self._spares else ()
        while self._spares:
            spare = self._spares.pop(0)
            if self._contained and spare.mark == now and spare.lives():
                return spare
            spare.drop()
        return fork_supervisor(ready=False)

    def _listen(self, running: _Running) -> None:
        data = os.read(running.supervisor.answers, _CHUNK)
        running.answer += data
        if running.answer.endswith(b"\n") and not running.answered:
            # Nothing of the job is left; the end of its supervisor is nobody's business.
            running.answered = True
            self._answer(running)
        if data:
            return
        self._selector.unregister(running.supervisor.answers)
        os.close(running.supervisor.answers)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(running.supervisor.pid, 0)
        if not running.answered:
            self._answer(running)
        del self._running[running.id]

    def _answer(self, running: _Running) -> None:
        try:
            answer = json.loads(bytes(running.answer))
        except ValueError:
            kind = "crashed" if running.cancelled_at is None else "cancelled"
            answer = {"id": running.id, "kind": kind, "reason": "its supervisor died", "log": "", "usage": None}
            _reap_leftovers()
        write_line(self._channel, answer)

    def _press_cancelled(self) -> None:
        for running in self._running.values():
            at = running.cancelled_at
            if at is not None and time.monotonic() - at > _CANCEL_GRACE_SECONDS:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(running.supervisor.pid, signal.SIGKILL)


def _reap_leftovers() -> None:
    """Reaps what a dead supervisor left behind; those processes die by themselves with it."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0] != 0:
            pass
