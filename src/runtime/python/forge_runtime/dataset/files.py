"""Walks a dataset: which files are there and what kind of file each seems to be. Symbolic links are not followed."""

import os
from dataclasses import dataclass
from pathlib import Path

from forge_runtime.dataset.problems import Problems

MAX_FILES = 200_000
"""Walking and listing stay within seconds and some tens of megabytes."""

IMAGES = {".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp"}
AUDIO = {".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff"}
DOCUMENTS = {".md", ".rst", ".names", ".pdf", ".html"}
TABLES = {
    **dict.fromkeys((".csv", ".tsv", ".tab", ".psv", ".data", ".dat"), "delimited"),
    ".json": "json",
    ".geojson": "json",
    ".jsonl": "json-lines",
    ".ndjson": "json-lines",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".arff": "arff",
}
LICENCES = ("license", "licence", "copying")


@dataclass(frozen=True)
class File:
    """One regular file."""

    path: str
    """Relative to the dataset, with forward slashes."""
    bytes: int
    kind: str
    """image, audio, text, document, licence, table, zip, or other."""
    format: str = ""
    """For tables: the format of the (decompressed) content."""
    compression: str = "none"


def kind_of(path: str, size: int) -> File:
    """Judges a file by its name."""
    name = Path(path.rsplit("/", 1)[-1].lower())
    stem, suffix = name.stem, name.suffix
    if stem.startswith(LICENCES):
        return File(path, size, "licence")
    if suffix == ".gz":
        inner = TABLES.get(Path(stem).suffix, "")
        known = inner in {"delimited", "json", "json-lines"}
        return File(path, size, "table", inner, "gzip") if known else File(path, size, "other")
    if suffix in TABLES and not stem.startswith("readme"):
        return File(path, size, "table", TABLES[suffix])
    if stem.startswith("readme") or suffix in DOCUMENTS:
        return File(path, size, "document")
    kinds = {**dict.fromkeys(IMAGES, "image"), **dict.fromkeys(AUDIO, "audio"), ".zip": "zip", ".txt": "text"}
    return File(path, size, kinds.get(suffix, "other"))


def walk(root: Path, problems: Problems) -> list[File]:
    """Every regular file below `root` in sorted order, hidden ones left out."""
    found: list[File] = []
    pending = [root]
    while pending and len(found) <= MAX_FILES:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            message = f"The folder cannot be listed: {error.strerror}."
            problems.add("UNREADABLE", _relative(root, folder), message, "Give read permission, or move it away.")
            continue
        for entry in entries:
            path = _relative(root, Path(entry.path))
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                message = "Symbolic links are not followed."
                problems.add("SYMLINK", path, message, "Copy the file or folder itself into the dataset.")
            elif entry.is_dir():
                pending.append(Path(entry.path))
            elif entry.is_file() and path.isprintable():
                found.append(kind_of(path, entry.stat().st_size))
            else:
                message = "The name holds control characters or the entry is no regular file; it is left out."
                problems.add("ODD_NAME", path, message, "Rename or remove it.")
    if len(found) > MAX_FILES:
        message = f"Only the first {MAX_FILES} files were looked at."
        problems.add("TOO_MANY_FILES", "", message, "Point to a smaller folder.")
    return sorted(found[:MAX_FILES], key=lambda file: file.path)


def _relative(root: Path, path: Path) -> str:
    text = path.relative_to(root).as_posix()
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
