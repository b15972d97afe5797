"""Job: what in a package could harm whoever runs, reads or opens it. Nothing of it is executed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from forge_runtime.probes.safety_cells import formula_cells
from forge_runtime.probes.safety_code import read_code
from forge_runtime.probes.safety_files import read_entries
from forge_runtime.probes.safety_texts import hidden_text, instructions, links, secrets

Json = dict[str, Any]

TEXT_BYTES = 2_000_000
TABLE_BYTES = 30_000_000


def run(args: Json, paths: dict[str, Path]) -> Json:
    """The mount `package`; `args` lists files in it: `python`, `texts` (for people and agents), `tables` (public CSVs)
    and `files` (all). Lines are one-based, columns zero-based; texts over 2 MB and tables over 30 MB are read in part.
    """
    package = paths["package"]
    return {
        "code": {name: read_code(_text(package / name, TEXT_BYTES)) for name in args["python"]},
        "texts": {name: _read_text(_text(package / name, TEXT_BYTES)) for name in args["texts"]},
        "tables": {name: _read_table(package / name) for name in args["tables"]},
        "secrets": {
            name: found
            for name in dict.fromkeys([*args["python"], *args["texts"], *args["tables"]])
            if (found := secrets(_text(package / name, TABLE_BYTES)))
        },
        "files": read_entries(package, args["files"]),
    }


def _text(path: Path, limit: int) -> str:
    with path.open("rb") as stream:
        return stream.read(limit).decode("utf-8", "replace")


def _read_text(text: str) -> Json:
    return {"instructions": instructions(text, for_readers=True), "hidden": hidden_text(text), "links": links(text)}


def _read_table(path: Path) -> Json:
    text = _text(path, TABLE_BYTES)
    return {
        "instructions": instructions(text, for_readers=False),
        "hidden": [item for item in hidden_text(text, markup=False) if item["kind"] == "control"],
        "formulas": formula_cells(path),
        "partial": path.stat().st_size > TABLE_BYTES,
    }
