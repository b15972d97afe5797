"""The files of a media collection with their labels, and what their names and sizes say."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forge_runtime.probes.signal_tables import Tables

LAST_NUMBER = re.compile(r"(\d+)(?!.*\d)")


@dataclass(frozen=True)
class MediaFile:
    path: Path
    name: str
    """Relative to the collection, with forward slashes."""
    label: str
    number: int | None
    """The last number of the file name."""


def collected(root: Path, source: dict[str, Any]) -> list[MediaFile]:
    """Labelled files of the collection, sorted by name. Files that the profile calls broken are left out."""
    folder = root if source["root"] in ("", ".") else root / source["root"]
    extensions, broken = set(source["extensions"]), set(source["broken"])
    label_of = _labels(root, source)
    found = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).as_posix()
        if path.suffix.lower() not in extensions or not path.is_file() or path.relative_to(root).as_posix() in broken:
            continue
        label = label_of(inside)
        if label is not None and label != "":
            digits = LAST_NUMBER.search(path.stem)
            found.append(MediaFile(path, inside, label, int(digits[1][-12:]) if digits else None))
    return found


def _labels(root: Path, source: dict[str, Any]) -> Any:
    label = source["label"]
    if label["from"] == "folder":
        return lambda inside: (inside.split("/")[:-1] + [None] * label["level"])[label["level"] - 1]
    if label["from"] == "name":
        pattern = re.compile(label["pattern"])

        def by_name(inside: str) -> str | None:
            match = pattern.search(Path(inside).stem)
            return match[1] if match else None

        return by_name
    table = Tables(root).table(source["table"])
    stem = {
        Path(str(path)).name: value
        for path, value in zip(table[label["pathColumn"]], table[label["column"]], strict=True)
    }
    bare = {Path(name).stem: value for name, value in stem.items()}
    return lambda inside: stem.get(Path(inside).name, bare.get(Path(inside).stem))
