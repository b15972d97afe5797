"""From what was observed about a finished job to the one answer that the host gets."""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from typing import Any

from forge_runtime.sandbox.request import JobRequest, Limits

_SIGNAL_BASE = 128
UNSTOPPABLE = 77
"""Exit status of a job whose code goes on whatever stops it."""


@dataclass(frozen=True)
class Observation:
    """How one job ended."""

    exit_code: int
    envelope: bytes
    trouble: str
    crossed: str | None
    cancelled: bool
    cpu_seconds: float


def allowed(limits: Limits, name: str) -> float:
    """The value of a limit by the name that answers use."""
    values = {
        "wall": limits.wall_seconds,
        "cpu": limits.cpu_seconds,
        "memory": limits.memory_bytes,
        "processes": limits.processes,
        "file": limits.file_bytes,
        "disk": limits.disk_bytes,
        "files": limits.files,
        "output": limits.output_bytes,
    }
    return values[name]


def judge(request: JobRequest, seen: Observation) -> dict[str, Any]:
    """The answer without log and usage: kind and what belongs to it."""
    if seen.cancelled:
        return {"kind": "cancelled"}
    if seen.crossed is not None:
        return _limit(request, seen.crossed)
    # Not by the exit status, which is the job's to choose.
    if seen.trouble:
        return {"kind": "unusable", "reason": seen.trouble}
    answer = _open_envelope(seen.envelope)
    if answer is not None:
        hint = answer.pop("limit", None)
        return _limit(request, hint) if hint in ("memory", "file") else answer
    cpu_signals = (_SIGNAL_BASE + int(getattr(signal, "SIGXCPU", 0)),)
    if seen.exit_code in cpu_signals or seen.cpu_seconds >= request.limits.cpu_seconds:
        return _limit(request, "cpu")
    return {"kind": "crashed", "reason": _exit_reason(seen)}


def _limit(request: JobRequest, name: str) -> dict[str, Any]:
    return {"kind": "limit", "limit": name, "allowed": allowed(request.limits, name)}


def _open_envelope(data: bytes) -> dict[str, Any] | None:
    """The job's own report, or None when it is not one: hostile code can write anything here."""
    try:
        report = json.loads(data)
        json.dumps(report, allow_nan=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(report, dict) or report.get("kind") not in ("done", "raised"):
        return None
    kept = ("kind", "value") if report["kind"] == "done" else ("kind", "limit", "type", "message", "frames")
    return {key: report.get(key) for key in kept}


def _exit_reason(seen: Observation) -> str:
    if seen.exit_code > _SIGNAL_BASE:
        number = seen.exit_code - _SIGNAL_BASE
        try:
            return f"killed by {signal.Signals(number).name}"
        except ValueError:
            return f"killed by signal {number}"
    if seen.envelope:
        return "its result could not be read"
    if seen.exit_code == UNSTOPPABLE:
        return "its code catches even the exception that stops it, and goes on"
    return f"exit status {seen.exit_code} before a result was returned"
