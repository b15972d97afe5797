"""Which encoding a text file has, decided on all of its bytes, and a UTF-8 copy where the reader needs one."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from forge_runtime.dataset.problems import UnreadableError

CHUNK = 1 << 20
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control bytes that text does not hold; tab, line feed, form feed, carriage return and escape are ordinary.
BINARY_BYTES = frozenset(set(range(32)) - {9, 10, 12, 13, 27})
# A file with more of them than this is not text, whatever its name says.
BINARY_SHARE = 0.01
CP1252_HOLES = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


@dataclass(frozen=True)
class TextFile:
    """A text file that can be read as UTF-8 without a byte-order mark problem."""

    encoding: str
    """Python codec of the original."""
    utf8: Path
    """The original when it is UTF-8 already, else a copy."""
    carriage_returns: bool
    """Lines end in a lone carriage return (old Macintosh)."""


def is_binary(head: bytes) -> bool:
    """Whether the first bytes of a file are not text in any encoding that is recognised."""
    if not head or any(head.startswith(mark) for mark, _ in BOMS) or _utf16_without_mark(head) is not None:
        return False
    return sum(byte in BINARY_BYTES for byte in head) / len(head) > BINARY_SHARE


def open_text(file: Path, scratch: Path) -> TextFile:
    """Decides the encoding and makes a UTF-8 copy in `scratch` where it is needed. Memory stays bounded."""
    with file.open("rb") as stream:
        head = stream.read(CHUNK)
    if is_binary(head[:65536]):
        raise UnreadableError(
            "BINARY", "The file holds binary data, not text.", "Give the file the ending of its format."
        )
    encoding = _encoding(file, head)
    carriage_returns = b"\n" not in head and head.count(b"\r") > 1 and not encoding.startswith("utf-16")
    if encoding in ("utf-8", "utf-8-sig") and not carriage_returns:
        return TextFile(encoding, file, carriage_returns=False)
    copy = scratch / f"{len(list(scratch.iterdir()))}.utf8"
    _transcode(file, encoding, copy, carriage_returns)
    return TextFile(encoding, copy, carriage_returns)


def _encoding(file: Path, head: bytes) -> str:
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    wide = _utf16_without_mark(head)
    if wide is not None:
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")()
    holes = False
    valid = True
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            if valid:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    valid = False
            holes = holes or any(bytes([hole]) in chunk for hole in CP1252_HOLES)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        valid = False
    if valid:
        return "utf-8"
    return "latin-1" if holes else "cp1252"


def _utf16_without_mark(head: bytes) -> str | None:
    # Text of mostly Latin letters has a zero in every second byte.
    sample = head[:4096]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0) / (len(sample) / 2), sample[1::2].count(0) / (len(sample) / 2)
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.1 else None


def _transcode(source: Path, encoding: str, target: Path, carriage_returns: bool) -> None:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    with source.open("rb") as stream, target.open("wb") as out:
        while chunk := stream.read(CHUNK):
            text = decoder.decode(chunk)
            out.write((text.replace("\r", "\n") if carriage_returns else text).encode("utf-8", "replace"))
        out.write(decoder.decode(b"", final=True).encode("utf-8", "replace"))
