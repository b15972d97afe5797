"""The processes of one contained job, made before anybody knows which job it will be.

Two forks, a control group, namespaces and an empty root take longer than many a job. A cell has all of that and nothing
of a job: it waits for an order, and serves one.
"""

from __future__ import annotations

import json
import os
import signal
from dataclasses import dataclass
from typing import Any

from forge_runtime.sandbox import contain
from forge_runtime.sandbox.cgroup import ProcessCage
from forge_runtime.sandbox.pipes import hand_over


@dataclass(frozen=True)
class Cell:
    """A doorman with its init behind it."""

    doorman: int
    """Process id."""
    readers: dict[int, str]
    """Descriptors of what the job says, each with its name."""
    cage: ProcessCage
    _order: int

    @classmethod
    def open(cls) -> Cell:
        """Starts the processes; whatever they cannot set up is told once there is an order. Raises OSError."""
        cage = ProcessCage()
        channels, readers = open_channels()
        order, writer = os.pipe()
        child = os.fork()
        if child == 0:
            listen_to_nobody()
            # Whoever listens to the supervisor must hear when it alone has died.
            contain.keep_only({0, 1, 2, order, *channels.of_the_job()})
            cage.enter()
            contain.run_contained(order, channels)
        os.close(order)
        close_channels(channels)
        return cls(child, readers, cage, writer)

    def give(self, message: dict[str, Any], sources: dict[str, str]) -> None:
        """Orders the job of one message of the host, whose mounts are the real paths `sources`."""
        hand_over(self._order, json.dumps([message, sources]).encode())

    def close(self) -> None:
        """Lets go of a cell whose processes have ended without an order."""
        self.cage.remove()
        for descriptor in (*self.readers, self._order):
            os.close(descriptor)


def open_channels() -> tuple[contain.Channels, dict[int, str]]:
    """Pipes for what a job says: its ends, and ours by name."""
    pipes = {name: os.pipe() for name in ("output", "result", "trouble", "ended")}
    channels = contain.Channels(**{name: ends[1] for name, ends in pipes.items()})
    return channels, {ends[0]: name for name, ends in pipes.items()}


def close_channels(channels: contain.Channels) -> None:
    """Closes the ends of the job in this process."""
    for descriptor in channels.of_the_job():
        os.close(descriptor)


def listen_to_nobody() -> None:
    """Undoes what the supervisor set up for itself in a process that it has just forked."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
