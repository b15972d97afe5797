"""Runs a script that someone wrote to look at the raw dataset. What it prints is its result."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from forge_runtime.execute.entropy import scatter
from forge_runtime.execute.raw_folder import raw_folder

Json = dict[str, Any]


def run(args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `script` (one file), `raw` (read), `work` (written: the current folder).

    `args.rawName` names a dataset of one file. The script finds the dataset in `RAW`. Raises what it raises.
    """
    scatter(0)
    os.chdir(paths["work"])
    script = paths["script"]
    module = ModuleType("__main__")
    module.__dict__.update({"__file__": str(script), "RAW": raw_folder(paths["raw"], args.get("rawName"))})
    sys.modules["__main__"] = module
    source = script.read_text(encoding="utf-8")
    try:
        exec(compile(source, str(script), "exec"), module.__dict__)  # noqa: S102 - the purpose: foreign code, sandboxed
    except SystemExit as end:
        if end.code not in (None, 0):
            raise
    return {}
