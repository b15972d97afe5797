"""The files below a folder as their hashes, links and special files told apart."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_BLOCK = 1 << 20


def hash_tree(root: Path) -> list[Json]:
    """Every entry below `root` that is no folder, sorted: path, kind, and of regular files size and sha256."""
    found: list[Json] = []
    for folder, names, files in os.walk(root, followlinks=False):
        links = [name for name in names if Path(folder, name).is_symlink()]
        for name in [*files, *links]:
            path = Path(folder, name)
            relative = path.relative_to(root).as_posix()
            if path.is_symlink():
                found.append({"path": relative, "kind": "link", "bytes": 0, "sha256": ""})
            elif path.is_file():
                found.append(
                    {"path": relative, "kind": "file", "bytes": path.stat().st_size, "sha256": hash_file(path)}
                )
            else:
                found.append({"path": relative, "kind": "special", "bytes": 0, "sha256": ""})
    return sorted(found, key=lambda entry: str(entry["path"]))


def hash_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
