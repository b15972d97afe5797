"""The raw dataset as the folder that generated code expects."""

from __future__ import annotations

import tempfile
from pathlib import Path


def raw_folder(raw: Path, name: str | None) -> Path:
    """The dataset as a folder; one of a single file gets a folder that shows only that file."""
    if raw.is_dir():
        return raw
    # The same place in every sandbox, whose temporary folder is new: code may print where it found its data.
    folder = Path(tempfile.gettempdir()) / "raw"
    try:
        folder.mkdir()
    except FileExistsError:
        folder = Path(tempfile.mkdtemp(prefix="raw-"))
    (folder / (name or raw.name)).symlink_to(raw)
    return folder
