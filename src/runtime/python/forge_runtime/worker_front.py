"""The process that the host talks to, where the packages stay loaded: it passes messages and answers on.

It has none of the packages and forks nothing, so that no job inherits what it has read: see worker_zygote.py.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import socket
import time
from collections import deque
from dataclasses import dataclass, field

from forge_runtime.sandbox.processes import kill_descendants
from forge_runtime.worker import write_line
from forge_runtime.worker_spares import SPARES, Machine, SupervisorProcess, make_supervisor

_CHUNK = 65_536
_POLL_SECONDS = 0.25
# Between two jobs of one verification there is less.
_LULL_SECONDS = 0.05
# Nothing to do but to let go of sandboxes that hold on to what is no longer mounted.
_IDLE_SECONDS = 1.0
# Each holds three processes, which share most of their memory with the others.
_MOST_ANSWERED = 4
# A supervisor that was told to stop and does not is killed; its whole tree dies with it.
_CANCEL_GRACE_SECONDS = 1.0
# The system tells of the end of a zygote after that of its supervisors, if only by moments.
_ZYGOTE_END_SECONDS = 0.2
_LOOK_AGAIN_SECONDS = 0.01


@dataclass
class Running:
    """A job that has no answer yet."""

    id: int
    supervisor: SupervisorProcess
    answer: bytearray = field(default_factory=bytearray)
    cancelled_at: float | None = None


class Front:
    """Takes messages from standard input and writes answers to `channel`, each a line."""

    def __init__(self, channel: int, zygote: socket.socket, zygote_pid: int) -> None:
        self._channel = channel
        self._zygote = zygote
        self._zygote_pid = zygote_pid
        self._selector = selectors.DefaultSelector()
        self._incoming = bytearray()
        self._running: dict[int, Running] = {}
        self._spares: list[SupervisorProcess] = []
        self._answered: deque[SupervisorProcess] = deque()
        self._machine = Machine()
        # Until there was a job in a sandbox nobody knows whether there will be any.
        self._contained = False

    def serve(self) -> None:
        """Goes on until standard input closes, or the zygote has died; then ends everything that still runs."""
        os.set_blocking(0, False)
        for place in (0, self._zygote.fileno()):
            self._selector.register(place, selectors.EVENT_READ, None)
        write_line(self._channel, {"ready": True})
        open_ends = True
        while open_ends:
            events = self._selector.select(self._patience())
            if any(key.fd == self._zygote.fileno() for key, _ in events):
                break  # Its supervisors die with it, which says nothing about their jobs.
            if not events and not self._running:
                self._let_go(keep=0)
                self._tend_spares()
            for key, _ in events:
                if not isinstance(key.data, Running):
                    open_ends = self._read()
                elif not self._listen(key.data):
                    open_ends = False
                    break
            self._press_cancelled()
        kill_descendants(os.getpid())

    def watch(self, running: Running) -> None:
        """Listens to the supervisor of a job, which has its message."""
        self._running[running.id] = running
        self._selector.register(running.supervisor.answers, selectors.EVENT_READ, running)

    def _patience(self) -> float:
        if self._running:
            return _POLL_SECONDS
        waiting = self._answered or (self._contained and len(self._spares) < SPARES)
        return _LULL_SECONDS if waiting else _IDLE_SECONDS

    def _read(self) -> bool:
        data = os.read(0, _CHUNK)
        self._incoming += data
        while (end := self._incoming.find(b"\n")) >= 0:
            line = bytes(self._incoming[:end])
            del self._incoming[: end + 1]
            self._take(line)
        return bool(data)

    def _take(self, line: bytes) -> None:
        message = json.loads(line)
        if "cancel" not in message:
            self._contained = bool(message["contained"])
            running = Running(int(message["id"]), self._supervisor())
            running.supervisor.give(line)
            self.watch(running)
            return
        cancelled = self._running.get(message["cancel"])
        if cancelled is not None and cancelled.cancelled_at is None:
            cancelled.cancelled_at = time.monotonic()
            cancelled.supervisor.end(signal.SIGTERM)

    def _tend_spares(self) -> None:
        """One more, if any is lacking; whatever died meanwhile is taken away, and what keeps an old mount busy."""
        mark = self._machine.mark() if self._contained else ()
        for spare in [spare for spare in self._spares if spare.mark != mark or not spare.lives()]:
            self._spares.remove(spare)
            spare.drop()
        if self._contained and len(self._spares) < SPARES:
            with contextlib.suppress(OSError):  # The machine may be short of something; a job may get it later.
                self._spares.append(make_supervisor(self._zygote, ready=True, mark=mark))

    def _supervisor(self) -> SupervisorProcess:
        now = self._machine.mark() if self._spares else ()
        while self._spares:
            spare = self._spares.pop(0)
            if self._contained and spare.mark == now and spare.lives():
                return spare
            spare.drop()
        return make_supervisor(self._zygote, ready=False)

    def _listen(self, running: Running) -> bool:
        """Takes what a supervisor says; False when it has died because the zygote has."""
        data = os.read(running.supervisor.answers, _CHUNK)
        running.answer += data
        if data and not running.answer.endswith(b"\n"):
            return True
        if not data and self._has_lost_zygote():
            return False
        # Nothing of the job is left. To take down its sandbox can wait for a quiet moment.
        self._selector.unregister(running.supervisor.answers)
        os.close(running.supervisor.answers)
        self._answer(running)
        del self._running[running.id]
        self._answered.append(running.supervisor)
        self._let_go(keep=_MOST_ANSWERED)
        return True

    def _has_lost_zygote(self) -> bool:
        """Whether the zygote has died. Its end of the socket does not tell: a supervisor that it has just forked holds
        that open, too."""
        until = time.monotonic() + _ZYGOTE_END_SECONDS
        while os.waitid(os.P_PID, self._zygote_pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            if time.monotonic() > until:
                return False
            time.sleep(_LOOK_AGAIN_SECONDS)
        return True

    def _let_go(self, keep: int) -> None:
        while len(self._answered) > keep:
            self._answered.popleft().let_go()

    def _answer(self, running: Running) -> None:
        try:
            answer = json.loads(bytes(running.answer))
        except ValueError:
            kind = "crashed" if running.cancelled_at is None else "cancelled"
            answer = {"id": running.id, "kind": kind, "reason": "its supervisor died", "log": "", "usage": None}
        write_line(self._channel, answer)

    def _press_cancelled(self) -> None:
        for running in self._running.values():
            at = running.cancelled_at
            if at is not None and time.monotonic() - at > _CANCEL_GRACE_SECONDS:
                running.supervisor.end(signal.SIGKILL)
