"""Checks a reading of a delimited file on every one of its lines, in bounded memory and without splitting most of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LISTED = 20
# A quoted field that spans more than this was opened by a stray mark.
MAX_JOINED_LINES = 2_000
MAX_JOINED_BYTES = 4_000_000
BOM = b"\xef\xbb\xbf"


@dataclass
class Scan:
    """What a reading means for the whole file."""

    records: int = 0
    """Records after the skipped lines, header included; too long ones are not counted."""
    ragged_count: int = 0
    ragged: list[tuple[int, int]] = field(default_factory=list)
    """Line number from 1 and number of fields, the first ones."""
    too_long: int = 0
    swallowed: int = 0
    """Lines joined by quotation marks although each is a whole record by itself."""
    unterminated: int = 0
    longest: int = 0
    quotes: bool = False
    nul_bytes: bool = False

    @property
    def trouble(self) -> int:
        """How badly the reading fits; between readings the smaller one wins."""
        return self.ragged_count + self.swallowed + self.unterminated


def scan(utf8: Path, delimiter: str, quote: str, skip_lines: int, width: int) -> Scan:
    """Counts records and finds those whose number of fields is not `width`."""
    separator = delimiter.encode()
    result = Scan()
    mark = quote.encode()
    counter = _FieldCounter(separator, mark) if quote else None
    lines = _lines(utf8, skip_lines)
    for number, line in lines:
        if not line.strip(b"\r\n"):
            continue
        result.longest = max(result.longest, len(line))
        if b"\0" in line:
            result.nul_bytes = True
        if counter is None or mark not in line:
            fields = line.count(separator) + 1
        else:
            result.quotes = True
            fields = _quoted(line, lines, counter, separator, width, result)
        if fields > width:
            result.too_long += 1
        else:
            result.records += 1
        if fields != width:
            result.ragged_count += 1
            if len(result.ragged) < LISTED:
                result.ragged.append((number, fields))
    return result


def _lines(utf8: Path, skip_lines: int) -> Iterator[tuple[int, bytes]]:
    with utf8.open("rb") as stream:
        if stream.read(3) != BOM:
            stream.seek(0)
        for number, line in enumerate(stream, start=1):
            if number > skip_lines:
                yield number, line


def _quoted(
    line: bytes,
    lines: Iterator[tuple[int, bytes]],
    counter: "_FieldCounter",
    separator: bytes,
    width: int,
    result: Scan,
) -> int:
    joined = [line]
    size = len(line)
    fields = counter.count(line)
    while fields is None and len(joined) < MAX_JOINED_LINES and size < MAX_JOINED_BYTES:
        following = next(lines, None)
        if following is None:
            break
        joined.append(following[1])
        size += len(following[1])
        # Only a line with a mark can close the field.
        if counter.mark in following[1]:
            fields = counter.count(b"".join(joined))
    if fields is None:
        result.unterminated += len(joined)
        return width + 1
    whole = [part for part in joined if part.strip(b"\r\n")]
    if len(whole) > 1 and width > 1 and all(part.count(separator) + 1 == width for part in whole):
        result.swallowed += len(whole)
    return fields


class _FieldCounter:
    """Counts the fields of a record that holds quotation marks; None while a quoted field is still open."""

    def __init__(self, separator: bytes, mark: bytes) -> None:
        self.mark = mark
        self._separator = separator
        begin = b"(?:^|(?<=" + re.escape(separator) + b"))" + re.escape(mark)
        self._closed = re.compile(
            begin + b"(?:[^" + re.escape(mark) + b"]|" + re.escape(mark) * 2 + b")*+" + re.escape(mark)
        )
        self._open = re.compile(begin)

    def count(self, record: bytes) -> int | None:
        rest = self._closed.sub(b"", record)
        return None if self._open.search(rest) else rest.count(self._separator) + 1
