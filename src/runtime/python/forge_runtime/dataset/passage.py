"""The job `dataset.passage`: the beginning of one text file of the dataset."""

from pathlib import Path
from typing import Any

from forge_runtime.dataset.chosen_file import choose_file
from forge_runtime.dataset.documents import decoded
from forge_runtime.dataset.encoding import is_binary


def run(args: dict[str, Any], paths: dict[str, Path]) -> dict[str, Any]:
    """Mount: `raw`. `args`: `name` of the dataset, `path` of the file, `characters` at most."""
    file = choose_file(paths["raw"], str(args["name"]), str(args["path"]))
    if isinstance(file, dict):
        return file
    most = int(args["characters"])
    with file.location.open("rb") as stream:
        head = stream.read(4 * most)
    if is_binary(head):
        return {"kind": "broken", "problem": "it holds no text"}
    return {"kind": "text", "text": decoded(head, file.size)[:most], "bytes": file.size}
