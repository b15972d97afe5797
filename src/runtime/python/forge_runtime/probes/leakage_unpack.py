"""What a file holds when it is packed: the same bytes, and those of the files in it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

MEMBERS = 50
"""Archives of more files are looked into as far as this."""
PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"PK\x03\x04")
BROKEN = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
)


def unpacked(data: bytes, most: int) -> Iterator[bytes]:
    """The data as they are, then what gzip, bzip2, xz, zip and tar hide in them, at most `most` bytes each: a few
    kilobytes may unpack to terabytes."""
    yield data
    if not data.startswith(PACKED):
        return
    try:
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in archive.infolist()[:MEMBERS]:
                    with archive.open(member) as stream:
                        yield stream.read(most)
            return
        whole = _stream(data).read(most)
        yield whole
        with tarfile.open(fileobj=io.BytesIO(whole)) as bundle:
            for place, entry in enumerate(bundle):
                if place >= MEMBERS:
                    return
                opened = bundle.extractfile(entry) if entry.isfile() else None
                if opened is not None:
                    yield opened.read(most)
    except (
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        zlib.error,
        lzma.LZMAError,
        zipfile.BadZipFile,
        tarfile.TarError,
    ):
        return  # cut off, encrypted, or no archive after all


def _stream(data: bytes) -> gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile:
    source = io.BytesIO(data)
    if data.startswith(b"BZh"):
        return bz2.BZ2File(source)
    return lzma.LZMAFile(source) if data.startswith(b"\xfd") else gzip.GzipFile(fileobj=source)
