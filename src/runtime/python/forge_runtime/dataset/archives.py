"""Compressed data files, unpacked into the scratch folder within limits that an archive bomb cannot pass."""

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from forge_runtime.dataset.problems import Problems, UnreadableError

MAX_UNPACKED = 4_000_000_000
# Text rarely shrinks by more than a factor of 50; small files may, harmlessly.
MAX_RATIO = 200
RATIO_FROM_BYTES = 50_000_000
MAX_MEMBERS = 200
CHUNK = 1 << 20
SMALLER = "Unpack the archive yourself and give the folder."


@dataclass(frozen=True)
class Unpacked:
    """One file that was in an archive."""

    name: str
    location: Path
    member: str | None


def unpack_gzip(file: Path, name: str, scratch: Path) -> Unpacked:
    """The content of a gzip file. Raises UnreadableError when it is damaged or too large."""
    target = scratch / f"unpacked-{len(list(scratch.iterdir()))}"
    try:
        with gzip.open(file, "rb") as packed:
            _copy(cast(IO[bytes], packed), target, file.stat().st_size)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError("BAD_ARCHIVE", f"The gzip file is damaged: {error}.", "Copy it again.") from error
    return Unpacked(name[: -len(".gz")], target, None)


def unpack_zip(file: Path, path: str, wanted: frozenset[str], scratch: Path, problems: Problems) -> Iterator[Unpacked]:
    """Members whose ending is in `wanted`, one after the other; each is deleted when the next is asked for."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not _is_clutter(m.filename)]
            if sum(m.file_size for m in members) > MAX_UNPACKED:
                raise UnreadableError("ARCHIVE_BOMB", "The archive would unpack to more than 4 GB.", SMALLER)
            chosen = [m for m in members if _ending(m.filename) in wanted]
            if len(chosen) < len(members):
                message = f"{len(members) - len(chosen)} files in the archive are no tables and are not read."
                problems.add("ARCHIVE_MEMBERS", path, message, SMALLER)
            for member in chosen[:MAX_MEMBERS]:
                place = f"{path}#{member.filename}"
                if member.flag_bits & 1:
                    problems.add("PROTECTED", place, "The member is encrypted.", "Unpack it with its password.")
                    continue
                target = scratch / f"unpacked-{len(list(scratch.iterdir()))}"
                try:
                    with archive.open(member) as packed:
                        _copy(packed, target, member.compress_size)
                except UnreadableError as error:
                    problems.add_error(place, error)
                    continue
                except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError) as error:
                    problems.add("BAD_ARCHIVE", place, f"The member cannot be unpacked: {error}.", "Copy it again.")
                    continue
                yield Unpacked(member.filename.rsplit("/", 1)[-1], target, member.filename)
                target.unlink(missing_ok=True)
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableError("BAD_ARCHIVE", f"The zip file is damaged: {error}.", "Copy it again.") from error


def _ending(name: str) -> str:
    return "." + name.rsplit(".", 1)[-1].lower()


def _is_clutter(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _copy(packed: IO[bytes], target: Path, packed_size: int) -> None:
    written = 0
    free = shutil.disk_usage(target.parent).free
    with target.open("wb") as out:
        while chunk := packed.read(CHUNK):
            written += len(chunk)
            bomb = written > RATIO_FROM_BYTES and written > MAX_RATIO * packed_size
            if bomb or written > MAX_UNPACKED or written > free // 2:
                out.close()
                target.unlink()
                message = f"The content grows beyond {written // 1_000_000} MB; it looks like an archive bomb."
                raise UnreadableError("ARCHIVE_BOMB", message, SMALLER)
            out.write(chunk)
