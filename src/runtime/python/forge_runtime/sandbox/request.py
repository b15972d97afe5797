"""What the host asks for: one job, its mounts and its limits, as they arrive on the worker's input."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

# A mount becomes a folder name and a prefix in stack traces.
MOUNT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
JOB_NAME = re.compile(r"(dataset|probes|execute)(\.[a-z][a-z0-9_]*)+")


class BadRequestError(ValueError):
    """The host sent something that is not a job: a bug on the trusted side."""


@dataclass(frozen=True)
class Limits:
    """Bounds of one job; the units are in the names."""

    wall_seconds: float
    cpu_seconds: float
    memory_bytes: int
    processes: int
    file_bytes: int
    disk_bytes: int
    files: int
    output_bytes: int


@dataclass(frozen=True)
class Mount:
    """A file or folder of the host that the job may see under `name`."""

    name: str
    host: str
    writable: bool


@dataclass(frozen=True)
class JobRequest:
    """One job as the host describes it."""

    id: int
    name: str
    args: Any
    mounts: tuple[Mount, ...]
    limits: Limits
    contained: bool
    log_file: str | None
    # Folder on the host for HOME and TMPDIR of a job that runs without a sandbox.
    scratch: str


def parse_request(message: dict[str, Any]) -> JobRequest:
    """Checks one message of the host. Raises BadRequestError."""
    try:
        limits = message["limits"]
        request = JobRequest(
            id=int(message["id"]),
            name=str(message["name"]),
            args=message["args"],
            mounts=tuple(Mount(str(m["name"]), str(m["host"]), m["access"] == "write") for m in message["mounts"]),
            limits=Limits(
                wall_seconds=float(limits["wallSeconds"]),
                cpu_seconds=float(limits["cpuSeconds"]),
                memory_bytes=int(limits["memoryBytes"]),
                processes=int(limits["processes"]),
                file_bytes=int(limits["fileBytes"]),
                disk_bytes=int(limits["diskBytes"]),
                files=int(limits["files"]),
                output_bytes=int(limits["outputBytes"]),
            ),
            contained=bool(message["contained"]),
            log_file=None if message.get("logFile") is None else str(message["logFile"]),
            scratch=str(message["scratch"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadRequestError(f"malformed job: {error!r}") from error
    if not JOB_NAME.fullmatch(request.name):
        raise BadRequestError(f"not a job name: {request.name!r}")
    names = [mount.name for mount in request.mounts]
    if len(set(names)) != len(names) or not all(MOUNT_NAME.fullmatch(name) for name in names):
        raise BadRequestError(f"mount names must be plain and distinct: {names!r}")
    return request
