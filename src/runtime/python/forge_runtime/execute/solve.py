"""Runs a solver script with the public data alone and leaves its submission in the work folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from forge_runtime.execute.entropy import scatter
from forge_runtime.package import load_module

Json = dict[str, Any]


def run(args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `script`, `public` (read), `work` (written: `submission.csv` in it). Raises what the script raises.

    Returns whether the script wrote a regular file, and its size; the host reads it without following links.
    """
    scatter(int(args["entropy"]))
    os.chdir(paths["work"])  # a script that writes beside itself writes where it may
    submission = paths["work"] / "submission.csv"
    load_module(paths["script"]).solve(paths["public"], submission)
    regular = submission.is_file() and not submission.is_symlink()
    strays = sorted(path.name for path in paths["work"].iterdir() if path.name != submission.name)
    for name in strays:
        shutil.rmtree(paths["work"] / name, ignore_errors=True)
    return {"written": regular, "bytes": submission.stat().st_size if regular else 0, "strays": strays[:20]}
