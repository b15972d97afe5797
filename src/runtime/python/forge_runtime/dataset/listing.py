"""The job `dataset.listing`: files below a folder of the dataset, evenly spaced where there are many."""

from pathlib import Path
from typing import Any

from forge_runtime.dataset.inventory import take_inventory
from forge_runtime.dataset.problems import Problems


def run(args: dict[str, Any], paths: dict[str, Path]) -> dict[str, Any]:
    """Mount: `raw`. `args`: `name` of the dataset, `folder` within it (empty: all of it), `count` of files at most."""
    prefix = f"{args['folder']}/" if args["folder"] else ""
    files = take_inventory(paths["raw"], str(args["name"]), Problems()).files
    inside = [file for file in files if file.path.startswith(prefix)]
    count = min(int(args["count"]), len(inside))
    chosen = [inside[index * len(inside) // count] for index in range(count)]
    return {
        "total": len(inside),
        "files": [{"path": file.path, "bytes": file.size} for file in chosen],
    }
