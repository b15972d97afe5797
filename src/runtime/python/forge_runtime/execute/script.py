"""Runs one Python file of a mount as `__main__`; used to put arbitrary code to the sandbox's test."""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path
from typing import Any


def run(args: dict[str, Any], paths: dict[str, Path]) -> Any:
    """Runs `args["file"]` of mount `args["mount"]` with `args["argv"]`; returns its global `RESULT`, or null."""
    script = paths[args["mount"]] / args["file"]
    sys.argv = [str(script), *args.get("argv", [])]
    os.environ.update({f"MOUNT_{name.upper()}": str(path) for name, path in paths.items()})
    return runpy.run_path(str(script), run_name="__main__").get("RESULT")
