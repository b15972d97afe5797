"""Writes the submission that knows every answer, to show what a grader makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from forge_runtime.package import Package, perfect_submission

Json = dict[str, Any]


def run(_args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `package` (read), `work` (written: `submission.csv` in it). Returns the number of rows."""
    package = Package(paths["package"])
    frame = perfect_submission(package.manifest, package.answers())
    frame.to_csv(paths["work"] / "submission.csv", index=False)
    return {"rows": len(frame)}
