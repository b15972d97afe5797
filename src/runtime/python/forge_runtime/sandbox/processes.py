"""What the processes of a job use right now, summed over the tree below one process."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_KILL_ROUNDS = 200


@dataclass(frozen=True)
class TreeUsage:
    """Sums over the tree: number of processes, resident bytes, processor seconds (with children already waited for)."""

    processes: int = 0
    memory_bytes: int = 0
    cpu_seconds: float = 0.0


def tree_usage(root: int, overhead: int, most: int) -> TreeUsage:
    """Measures the tree below and including `root`, without its first `overhead` levels (our own helper processes).

    Stops counting a little above `most` processes: a fork bomb must not slow down its own detection.
    """
    if sys.platform != "linux":
        return _portable_usage(root, overhead)
    processes, memory, cpu = 0, 0, 0.0
    level = [root]
    depth = 0
    while level and processes <= most:
        below: list[int] = []
        for pid in level:
            found = _linux_process(pid)
            if found is None:
                continue
            cpu += found[1]
            if depth >= overhead:
                processes += 1
                memory += found[0]
            if processes > most:
                break
            below.extend(linux_children(pid))
        level = below
        depth += 1
    return TreeUsage(processes, memory, cpu)


def _linux_process(pid: int) -> tuple[int, float] | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b") ")[2].split()
    except OSError:
        return None
    if fields[0] == b"Z":
        return 0, sum(map(int, fields[11:15])) / _TICKS
    return int(fields[21]) * _PAGE, sum(map(int, fields[11:15])) / _TICKS


def linux_children(pid: int) -> list[int]:
    """The direct children of a process, over all of its threads."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):
                found.extend(map(int, (task / "children").read_text().split()))
    return found


def descendants(root: int) -> list[int]:
    """Every process below `root`."""
    if sys.platform != "linux":
        return [pid for pid, _, _, _ in _portable_tree(root) if pid != root]
    found: list[int] = []
    level = linux_children(root)
    while level:
        found.extend(level)
        level = [child for pid in level for child in linux_children(pid)]
    return found


def kill_descendants(root: int) -> None:
    """Kills everything below `root` and waits for those that are its children, however fast they multiply."""
    for _ in range(_KILL_ROUNDS):
        victims = descendants(root)
        # Stopped first, so that a fork bomb cannot outrun the killing.
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in victims:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, number)
        if not reap_all(blocking=bool(victims) and sys.platform == "linux"):
            return


def reap_all(blocking: bool) -> bool:
    """Waits for dead children; with `blocking`, for one at least. False when there is no child at all."""
    options = 0 if blocking else os.WNOHANG
    while True:
        try:
            pid, _ = os.waitpid(-1, options)
        except ChildProcessError:
            return False
        if pid == 0:
            return True
        options = os.WNOHANG


def used_by_children() -> tuple[float, int]:
    """Processor seconds of everything that ended below this process, and the largest resident size of one of them."""
    import resource  # noqa: PLC0415  does not exist on Windows

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    return used.ru_utime + used.ru_stime, used.ru_maxrss * unit


def _portable_tree(root: int) -> list[tuple[int, int, int, float]]:
    """(pid, depth, resident bytes, processor seconds) of the tree, by `ps`; empty where there is none."""
    try:
        text = subprocess.run(
            ["/bin/ps", "-axo", "pid=,ppid=,rss=,time="], capture_output=True, text=True, timeout=2, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    rows: dict[int, tuple[int, int, float]] = {}
    for line in text.splitlines():
        pid, parent, resident, time = line.split()[:4]
        seconds = sum(float(part) * 60**place for place, part in enumerate(reversed(time.split(":"))))
        rows[int(pid)] = (int(parent), int(resident) * 1024, seconds)
    found: list[tuple[int, int, int, float]] = []
    level = [root]
    depth = 0
    while level:
        found.extend((pid, depth, rows[pid][1], rows[pid][2]) for pid in level if pid in rows)
        level = [pid for pid, row in rows.items() if row[0] in level]
        depth += 1
    return found


def _portable_usage(root: int, overhead: int) -> TreeUsage:
    tree = _portable_tree(root)
    job = [row for row in tree if row[1] >= overhead]
    return TreeUsage(len(job), sum(row[2] for row in job), sum(row[3] for row in tree))
