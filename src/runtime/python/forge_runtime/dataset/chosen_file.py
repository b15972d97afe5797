"""Finds a file of the dataset by the path that someone else wrote: only what the inventory lists can be found."""

import difflib
from pathlib import Path
from typing import Any

from forge_runtime.dataset.inventory import DataFile, take_inventory
from forge_runtime.dataset.problems import Problems

NEAR = 5
COMPARED = 2_000  # comparing a name with each of a million files takes minutes


def choose_file(raw: Path, name: str, path: str) -> DataFile | dict[str, Any]:
    """The file at `path`, or what there is instead.

    Links, hidden files and whatever lies outside are not in the inventory, so that no spelling of a path reaches them.
    """
    files = take_inventory(raw, name, Problems()).files
    found = next((file for file in files if file.path == path), None)
    return found or {"kind": "missing", "near": _near(path, [file.path for file in files])}


def _near(path: str, paths: list[str]) -> list[str]:
    last = path.rsplit("/", 1)[-1].lower()
    same = [other for other in paths if other.rsplit("/", 1)[-1].lower() == last]
    some = paths[:: max(1, len(paths) // COMPARED)]
    return list(dict.fromkeys([*same[:NEAR], *difflib.get_close_matches(path, some, NEAR, 0.5)]))[:NEAR]
