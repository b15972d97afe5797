"""Which regular files a dataset holds. Links are never followed, odd names are kept as they are."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from forge_runtime.dataset.problems import Problems

# What editors, archivers and version control leave behind; never data.
IGNORED_NAMES = frozenset({"__MACOSX", ".git", ".svn", ".hg", ".ipynb_checkpoints", "Thumbs.db", "desktop.ini"})
MAX_FILES = 500_000  # beyond this the listing itself takes minutes


@dataclass(frozen=True)
class DataFile:
    """One regular file."""

    path: str
    """Relative to the dataset, with forward slashes."""
    location: Path
    size: int

    @property
    def name(self) -> str:
        """File name with its extension."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def extension(self) -> str:
        """Lower-case extension with its dot; empty when there is none."""
        stem, dot, extension = self.name.rpartition(".")
        return f".{extension.lower()}" if dot and stem else ""

    @property
    def stem(self) -> str:
        """File name without its extension."""
        return self.name[: -len(self.extension)] if self.extension else self.name

    @property
    def folders(self) -> list[str]:
        """Names of the folders that lead to the file."""
        return self.path.split("/")[:-1]


@dataclass(frozen=True)
class Inventory:
    """Everything below a dataset folder, or the one file it is."""

    files: list[DataFile]
    count: int
    bytes: int


def take_inventory(root: Path, name: str, problems: Problems) -> Inventory:
    """Lists the files below `root`; a single file is listed under `name`. Hidden files count but are not read."""
    if root.is_file():
        size = root.stat().st_size
        return Inventory([DataFile(name, root, size)], 1, size)
    files: list[DataFile] = []
    count = total = 0
    for file in _walk(root, "", problems):
        count, total = count + 1, total + file.size
        if count > MAX_FILES:
            problems.add(
                "TOO_MANY_FILES", "", f"Only the first {MAX_FILES} files were looked at.", "Split the dataset."
            )
            break
        if _is_hidden(file.path):
            continue
        if _is_readable(file, problems):
            files.append(file)
    return Inventory(files, count, total)


def _walk(folder: Path, prefix: str, problems: Problems) -> Iterator[DataFile]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        problems.add("UNREADABLE", prefix, f"The folder cannot be listed: {error.strerror}.", "Check its permissions.")
        return
    for entry in entries:
        path = f"{prefix}/{entry.name}" if prefix else entry.name
        if entry.is_symlink():
            _note_link(folder, entry, path, problems)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, path, problems)
        elif entry.is_file(follow_symlinks=False):
            yield DataFile(path, folder / entry.name, entry.stat(follow_symlinks=False).st_size)
        else:
            problems.add("NOT_A_FILE", path, "This is a device, pipe or socket, not a file.", "Remove it.")


def _note_link(folder: Path, entry: "os.DirEntry[str]", path: str, problems: Problems) -> None:
    target = (folder / entry.name).readlink()
    loop = not target.is_absolute() and os.path.normpath(folder / target) in {str(folder), *map(str, folder.parents)}
    if loop:
        message = "This symbolic link leads back to a folder that contains it; it was not followed."
    else:
        message = "Symbolic links are not followed."
    remedy = "Remove the link." if loop else "Copy the file or folder behind the link to this place."
    problems.add("SYMLINK_LOOP" if loop else "SYMLINK", path, message, remedy)


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") or part in IGNORED_NAMES for part in path.split("/"))


def _is_readable(file: DataFile, problems: Problems) -> bool:
    try:
        file.path.encode("utf-8")
    except UnicodeEncodeError:
        shown = file.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        problems.add("NAME_ENCODING", shown, "The file name is not valid UTF-8.", "Rename the file.")
        return False
    if not os.access(file.location, os.R_OK):
        problems.add("UNREADABLE", file.path, "The file cannot be read: permission denied.", "Check its permissions.")
        return False
    if file.size == 0:
        problems.add("EMPTY_FILE", file.path, "The file is empty.", "Remove it, or copy it again from its source.")
        return False
    return True
