"""How much a job has written: bytes and files below its writable mounts."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass

_BLOCK = 512  # unit of st_blocks


@dataclass(frozen=True)
class DiskUsage:
    """Bytes (the larger of length and allocated blocks) and number of entries."""

    bytes: int
    files: int


class UnreadableTreeError(Exception):
    """The job made a tree that cannot be walked: too deep, or closed to its owner."""


def disk_usage(roots: list[str], most_bytes: int, most_files: int) -> DiskUsage:
    """Walks the roots without following links; stops once a bound is passed. Raises UnreadableTreeError."""
    total, files = 0, 0
    pending = list(roots)
    while pending and total <= most_bytes and files <= most_files:
        place = pending.pop()
        try:
            found = os.lstat(place)
            if not stat.S_ISDIR(found.st_mode):
                total += max(found.st_size, _allocated(found))
                files += 1
                continue
            with os.scandir(place) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)
                        files += 1
                    else:
                        found = entry.stat(follow_symlinks=False)
                        total += max(found.st_size, _allocated(found))
                        files += 1
                    if total > most_bytes or files > most_files:
                        break
        except (FileNotFoundError, NotADirectoryError):
            continue  # removed while we looked
        except OSError as error:
            raise UnreadableTreeError(str(error)) from error
    return DiskUsage(total, files)


def _allocated(found: os.stat_result) -> int:
    return getattr(found, "st_blocks", 0) * _BLOCK
