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
from typing import Any

from forge_runtime.sandbox import linux
from forge_runtime.sandbox.processes import kill_descendants
from forge_runtime.worker import supervise, write_line

_CHUNK = 65_536
_POLL_SECONDS = 0.25
# A supervisor that was told to stop and does not is killed; its whole tree dies with it.
_CANCEL_GRACE_SECONDS = 1.0


@dataclass
class _Running:
    id: int
    pid: int
    answer: bytearray = field(default_factory=bytearray)
    cancelled_at: float | None = None


def serve(channel: int) -> None:
    """Reads messages from standard input until it closes; then ends everything that still runs."""
    os.set_blocking(0, False)
    if sys.platform == "linux":
        linux.adopt_orphans()
    selector = selectors.DefaultSelector()
    selector.register(0, selectors.EVENT_READ, None)
    incoming = bytearray()
    write_line(channel, {"ready": True})
    open_input = True
    while open_input:
        for key, _ in selector.select(_POLL_SECONDS):
            running: _Running | None = key.data
            if running is None:
                data = os.read(0, _CHUNK)
                open_input = bool(data)
                incoming += data
                while (end := incoming.find(b"\n")) >= 0:
                    line = bytes(incoming[:end])
                    del incoming[: end + 1]
                    _take(json.loads(line), selector, channel)
            else:
                data = os.read(key.fd, _CHUNK)
                running.answer += data
                if not data:
                    selector.unregister(key.fd)
                    os.close(key.fd)
                    _finish(running, channel)
        _press_cancelled(selector)
    kill_descendants(os.getpid())


def _take(message: dict[str, Any], selector: selectors.BaseSelector, channel: int) -> None:
    if "cancel" not in message:
        reader, pid = _fork_supervisor(message, channel)
        selector.register(reader, selectors.EVENT_READ, _Running(int(message["id"]), pid))
        return
    for key in selector.get_map().values():
        running: _Running | None = key.data
        if running is not None and running.id == message["cancel"] and running.cancelled_at is None:
            running.cancelled_at = time.monotonic()
            os.kill(running.pid, signal.SIGTERM)


def _fork_supervisor(message: dict[str, Any], channel: int) -> tuple[int, int]:
    reader, writer = os.pipe()
    zygote = os.getpid()
    # A cancellation that arrives before the supervisor listens must wait, not kill it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            linux.die_with_parent(zygote)
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, 0)
            os.close(channel)
            os.dup2(writer, 3)
            os.dup2(null, 1)
            os.closerange(4, 65_536)
            write_line(3, supervise(message))
        os._exit(0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    os.close(writer)
    return reader, pid


def _finish(running: _Running, channel: int) -> None:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(running.pid, 0)
    try:
        answer = json.loads(bytes(running.answer))
    except ValueError:
        kind = "crashed" if running.cancelled_at is None else "cancelled"
        answer = {"id": running.id, "kind": kind, "reason": "its supervisor died", "log": "", "usage": None}
        kill_leftovers()
    write_line(channel, answer)


def kill_leftovers() -> None:
    """Reaps what a dead supervisor left behind; those processes die by themselves with it."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0] != 0:
            pass


def _press_cancelled(selector: selectors.BaseSelector) -> None:
    for key in selector.get_map().values():
        running: _Running | None = key.data
        late = running is not None and running.cancelled_at is not None
        if running is not None and late and time.monotonic() - (running.cancelled_at or 0) > _CANCEL_GRACE_SECONDS:
            with contextlib.suppress(ProcessLookupError):
                os.kill(running.pid, signal.SIGKILL)
