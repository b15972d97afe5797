"""Job: what the tables of a task say about its scores, whatever the grader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from forge_runtime.package import load_package
from forge_runtime.probes.statistics_ceiling import contradictions
from forge_runtime.probes.statistics_rows import label_shift

Json = dict[str, Any]


def run(args: Json, paths: dict[str, Path]) -> Json:  # noqa: ARG001  jobs have one signature
    """Mount: `package`."""
    package = load_package(paths)
    return {"contradictions": contradictions(package), "shift": label_shift(package)}
