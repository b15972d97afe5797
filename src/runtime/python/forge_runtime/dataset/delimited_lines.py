"""Reads records line by line where quotation marks stand at odd places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A quoted field that spans more than this was opened by a stray mark.
MAX_JOINED_LINES = 2_000
MAX_JOINED_BYTES = 4_000_000


@dataclass(frozen=True)
class Counted:
    """One record of a block."""

    lines: int
    size: int
    fields: int | None
    """None when a quoted field never ends; 0 for a blank line."""
    swallowed: int


class LineScanner:
    """Splits blocks into records; `left` holds the unfinished record at the end of the last block."""

    def __init__(self, separator: bytes, mark: bytes, width: int) -> None:
        self.left = b""
        self._separator = separator
        self._mark = mark
        self._width = width
        begin = b"(?:^|(?<=" + re.escape(separator) + b"))" + re.escape(mark)
        inner = b"(?:[^" + re.escape(mark) + b"]|" + re.escape(mark) * 2 + b")*+"
        self._closed = re.compile(begin + inner + re.escape(mark))
        self._open = re.compile(begin)

    def records(self, block: bytes, *, last: bool) -> Iterator[Counted]:
        """Counts the records of a block of whole lines; without `last` an open record is kept for the next block."""
        self.left = b""
        lines = block.split(b"\n")
        if lines[-1] == b"":
            lines.pop()
        position = 0
        while position < len(lines):
            taken, fields = self._record(lines, position)
            parts = lines[position : position + taken]
            size = sum(map(len, parts)) + taken
            if fields is None and not last and position + taken == len(lines) and size < MAX_JOINED_BYTES:
                self.left = b"\n".join(parts) + b"\n"
                return
            swallowed = self.swallowed(parts) if taken > 1 and fields is not None else 0
            yield Counted(taken, size, fields, swallowed)
            position += taken

    def swallowed(self, lines: list[bytes]) -> int:
        """How many lines of a joined record would each be a whole record if marks meant nothing."""
        whole = [line for line in lines if line.strip(b"\r")]
        alone = self._width > 1 and all(line.count(self._separator) + 1 == self._width for line in whole)
        return len(whole) if len(whole) > 1 and alone else 0

    def _record(self, lines: list[bytes], position: int) -> tuple[int, int | None]:
        """Number of lines and of fields of the record that starts at `position`."""
        line = lines[position]
        if not line.strip(b"\r"):
            return 1, 0
        if self._mark not in line:
            return 1, line.count(self._separator) + 1
        fields = self._fields(line)
        size, taken = len(line), 1
        while fields is None and taken < MAX_JOINED_LINES and size < MAX_JOINED_BYTES and position + taken < len(lines):
            following = lines[position + taken]
            taken += 1
            size += len(following)
            if self._mark in following:  # only a mark can close the field
                fields = self._fields(b"\n".join(lines[position : position + taken]))
        if fields is None and (taken >= MAX_JOINED_LINES or size >= MAX_JOINED_BYTES):
            return 1, None  # the mark was stray: go on with the next line
        return taken, fields

    def _fields(self, record: bytes) -> int | None:
        rest = self._closed.sub(b"", record)
        return None if self._open.search(rest) else rest.count(self._separator) + 1
