"""The process that the host talks to: one JSON message per line in, one JSON answer per line out.

`zygote` stays: this process passes messages on, and one below it holds the packages in memory and forks a supervisor
per job. `once` runs the first job and ends. Both end with the process that started them, whose id is the second
argument.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from forge_runtime import huge_pages
from forge_runtime.sandbox import linux
from forge_runtime.sandbox.cell import Cell
from forge_runtime.sandbox.pipes import write_all
from forge_runtime.sandbox.request import BadRequestError
from forge_runtime.sandbox.supervisor import Supervisor

# What nearly every job imports; a missing one is reported by `doctor`, not here.
PREIMPORTED = (
    "numpy",
    "pandas",
    "sklearn.ensemble",
    "sklearn.feature_extraction.text",
    "sklearn.linear_model",
    "sklearn.metrics",
    "sklearn.model_selection",
    "sklearn.pipeline",
    "sklearn.preprocessing",
    "forge_runtime.sandbox.job",
)


def preimport() -> None:
    """Loads the packages and the modules that jobs share: compiling a probe takes longer than many a probe itself."""
    huge_pages.lay_together()
    folder = Path(__file__).parent
    modules = [
        f"forge_runtime.{package}.{found.name}"
        for package in ("probes", "execute")
        for found in pkgutil.iter_modules([str(folder / package)])
    ]
    for name in (*PREIMPORTED, *modules):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    # What is loaded stays; a job that collects garbage must not touch, and so copy, all of it.
    gc.collect()
    gc.freeze()
    huge_pages.join()


def supervise(
    message: dict[str, Any],
    answers: int,
    wait: Callable[[], object] = lambda: None,
    ready: Cell | None = None,
) -> None:
    """Runs the job of one message in this process's care and writes an answer: trouble on the trusted side is one too.
    Only then the sandbox is taken down, and if it holds next to nothing, only after `wait`."""
    supervisor: Supervisor | None = None
    try:
        try:
            supervisor = Supervisor(message, ready)
            told = supervisor.run()
        except (BadRequestError, OSError) as error:
            told = {"id": message.get("id"), "kind": "unusable", "reason": f"{type(error).__name__}: {error}"}
        write_line(answers, told)
        if supervisor is not None and supervisor.is_light():
            wait()
    finally:
        if supervisor is not None:
            supervisor.close()


def run_once() -> None:
    """Answers the first message and ends."""
    answers = _take_over_output()
    line = sys.stdin.readline()
    if line:
        supervise(json.loads(line), answers)


def _take_over_output() -> int:
    """Keeps the answer channel to itself: stray prints go to standard error."""
    channel = os.dup(1)
    os.dup2(2, 1)
    return channel


def write_line(channel: int, message: dict[str, Any]) -> None:
    """Writes one message."""
    write_all(channel, (json.dumps(message) + "\n").encode())


def main() -> None:
    """Entry point: `python -m forge_runtime.worker zygote|once HOST`."""
    mode, host = sys.argv[1:]
    if sys.platform == "linux":
        # Not getppid(): a host that was killed while this interpreter started is not the parent any more.
        linux.die_with_parent(int(host))
    if mode == "zygote":
        _serve()
    else:
        run_once()


def _serve() -> None:
    # A one-shot worker does not need these.
    from forge_runtime.worker_front import Front  # noqa: PLC0415
    from forge_runtime.worker_zygote import Zygote  # noqa: PLC0415

    channel = _take_over_output()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    front = os.getpid()
    zygote = os.fork()
    if zygote == 0:
        if sys.platform == "linux":
            linux.die_with_parent(front)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.close(channel)
        ours.close()
        preimport()
        Zygote(theirs).serve()
        os._exit(0)
    theirs.close()
    Front(channel, ours, zygote).serve()


if __name__ == "__main__":
    main()
