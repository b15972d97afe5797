"""Shows where a job runs: the first thing that a new runtime executes, and what tells a contained process."""

import os
from pathlib import Path
from typing import Any


def run(args: Any, paths: dict[str, Path]) -> dict[str, int]:  # noqa: ARG001  the signature of every job
    """The job's own process id: 2 in a process namespace of its own, after init."""
    return {"pid": os.getpid()}
