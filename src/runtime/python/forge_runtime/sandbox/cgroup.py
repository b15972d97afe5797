"""A bound on the number of tasks that the kernel itself keeps, where this user may create a control group.

Needed for root, whose processes the kernel never counts against RLIMIT_NPROC; elsewhere it silently does nothing.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_PIDS_V1 = Path("/sys/fs/cgroup/pids")
# Threads count as tasks here, and numeric libraries start one per core.
_THREADS = 512


class ProcessCage:
    """One control group for one job; every method is harmless when groups cannot be made."""

    def __init__(self) -> None:
        """Creates the group, with no bound yet."""
        self._folder: Path | None = None
        folder = _PIDS_V1 / f"mle-forge-{os.getpid()}"
        try:
            if os.geteuid() != 0 or not _PIDS_V1.is_dir():
                return
            _remove_abandoned()
            # One with the id of this process is left of a process that had it before, or of a cell that died.
            folder.mkdir(exist_ok=True)
        except OSError:
            return
        self._folder = folder

    def limit(self, processes: int) -> None:
        """Bounds what the group may hold."""
        if self._folder is not None:
            with contextlib.suppress(OSError):
                (self._folder / "pids.max").write_text(str(processes + _THREADS))

    def enter(self) -> None:
        """Moves the calling process, and all that it will fork, into the group. The kernel takes some 15 ms for it."""
        if self._folder is not None:
            with contextlib.suppress(OSError):
                (self._folder / "cgroup.procs").write_text("0")

    def remove(self) -> None:
        """Removes the (by then empty) group."""
        if self._folder is not None:
            with contextlib.suppress(OSError):
                self._folder.rmdir()


def _remove_abandoned() -> None:
    """Groups of supervisors that were killed; the kernel refuses to remove one that is in use."""
    for folder in _PIDS_V1.glob("mle-forge-*"):
        if not Path("/proc", folder.name.rpartition("-")[2]).exists():
            with contextlib.suppress(OSError):
                folder.rmdir()
