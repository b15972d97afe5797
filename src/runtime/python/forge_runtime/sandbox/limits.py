"""Kernel limits of one job; the sums over its processes are the supervisor's business."""

from __future__ import annotations

import sys

from forge_runtime.sandbox.request import Limits

# Address space is a coarse backstop between two polls: allocators reserve far more than they touch.
_ADDRESS_SPACE_SLACK = 8 * 1024**3
# Threads count as processes for the kernel, and numeric libraries start one per core.
_THREADS_PER_JOB = 512
_OPEN_FILES = 512


def apply_limits(limits: Limits) -> None:
    """Sets the resource limits of this process and its future children."""
    if sys.platform == "win32":
        return  # no such limits there; the supervisor still bounds time and output
    import resource  # noqa: PLC0415  does not exist on Windows

    cpu = max(1, round(limits.cpu_seconds))
    wanted = [
        (resource.RLIMIT_CPU, cpu, cpu + 1),
        (resource.RLIMIT_FSIZE, limits.file_bytes, limits.file_bytes),
        (resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES),
        (resource.RLIMIT_NPROC, limits.processes + _THREADS_PER_JOB, limits.processes + _THREADS_PER_JOB),
        (resource.RLIMIT_CORE, 0, 0),
    ]
    if sys.platform == "linux":
        space = limits.memory_bytes + _ADDRESS_SPACE_SLACK
        wanted.append((resource.RLIMIT_AS, space, space))
    for kind, soft, hard in wanted:
        _, ceiling = resource.getrlimit(kind)
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)  # noqa: PLW2901  clamp to what we may ask for
        resource.setrlimit(kind, (soft, hard))
