"""Checks a reading of a delimited file on every record, in bounded memory.

Blocks of the file are looked at as arrays: a quotation mark toggles between inside and outside of a field, and only the
separators and line ends outside count. Where a mark stands at an odd place the block is read line by line instead.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from forge_runtime.dataset.delimited_lines import LineScanner

LISTED = 20
BLOCK = 4 << 20
# A record that does not end within this was opened by a stray mark.
MAX_RECORD = 16 << 20
BOM = b"\xef\xbb\xbf"
NO_MARK = b"\0"  # without quotation marks no line is ever joined to the next
NEWLINE, RETURN, DOUBLE_QUOTE = 10, 13, 34
Array = np.ndarray[Any, Any]


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
    loose: bool = False
    """Marks stand at places where parsers differ."""

    @property
    def trouble(self) -> int:
        """How badly the reading fits; between readings the smaller one wins."""
        return self.ragged_count + self.swallowed + self.unterminated

    def add(self, line: int, fields: int, width: int) -> None:
        """Counts one record that starts in `line`."""
        if fields > width:
            self.too_long += 1
        else:
            self.records += 1
        if fields != width:
            self.ragged_count += 1
            if len(self.ragged) < LISTED:
                self.ragged.append((line, fields))


def scan(utf8: Path, *, delimiter: str, quote: str, skip_lines: int, width: int) -> Scan:
    """Counts records and finds those whose number of fields is not `width`."""
    result = Scan()
    reader = _BlockScanner(delimiter, quote, width, result)
    with utf8.open("rb") as stream:
        if stream.read(3) != BOM:
            stream.seek(0)
        for _ in range(skip_lines):
            stream.readline()
        reader.line = skip_lines + 1
        rest = b""
        while chunk := stream.read(BLOCK):
            rest = reader.take(rest + chunk)
        if rest:
            reader.finish(rest if rest.endswith(b"\n") else rest + b"\n")
    return result


class _BlockScanner:
    def __init__(self, delimiter: str, quote: str, width: int, result: Scan) -> None:
        self.line = 1
        self._separator = ord(delimiter)
        self._mark = ord(quote) if quote else None
        self._width = width
        self._result = result
        self._lines = LineScanner(delimiter.encode(), quote.encode() or NO_MARK, width)

    def take(self, block: bytes) -> bytes:
        """Counts the whole records of a block that starts at a record; returns what is left over."""
        self._result.nul_bytes = self._result.nul_bytes or b"\0" in block
        data = np.frombuffer(block, dtype=np.uint8)
        newlines = data == NEWLINE
        outside = self._outside(data)
        if outside is None:
            end = block.rfind(b"\n") + 1
            return self._by_line(block[:end]) + block[end:]
        ends = np.flatnonzero(newlines & outside) if self._mark is not None else np.flatnonzero(newlines)
        if len(ends) == 0:
            # Nothing ends here: wait for more, unless a stray mark keeps a field open for ever.
            return block if len(block) < MAX_RECORD else self._by_line(block)
        if int(ends[-1]) + 1 < len(block) - MAX_RECORD:
            return self._by_line(block)
        self._count(data, newlines, outside, ends)
        return block[int(ends[-1]) + 1 :]

    def finish(self, block: bytes) -> None:
        """Counts the last records of the file, closed or not."""
        left = self.take(block)
        if left:
            self._by_line(left, last=True)

    def _outside(self, data: Array) -> Array | None:
        """Which bytes are outside of quotes; None when a mark is neither at the edge of a field nor doubled."""
        if self._mark is None:
            self._result.quotes = self._result.quotes or bool((data == DOUBLE_QUOTE).any())
            return np.ones(len(data), dtype=bool)
        marks = data == self._mark
        if not marks.any():
            return np.ones(len(data), dtype=bool)
        self._result.quotes = True
        inside = np.bitwise_xor.accumulate(marks)  # true from an opening mark up to, not including, its closing one
        places = np.flatnonzero(marks)
        opening = inside[places]
        before = np.where(places > 0, data[places - 1], NEWLINE)
        after = data[np.minimum(places + 1, len(data) - 1)]
        edges = [self._separator, NEWLINE, self._mark]
        fine = np.where(opening, np.isin(before, edges), np.isin(after, [*edges, RETURN]))
        fine[-1] |= places[-1] == len(data) - 1
        # A doubled mark looks like closing and opening again; at the start of a field it is an empty field.
        return ~inside if bool(fine.all()) else None

    def _count(self, data: Array, newlines: Array, outside: Array, ends: Array) -> None:
        stop = int(ends[-1]) + 1
        starts = np.concatenate(([0], ends[:-1] + 1))
        lengths = ends - starts
        self._result.longest = max(self._result.longest, int(lengths.max()) + 1)
        separators = np.flatnonzero((data[:stop] == self._separator) & outside[:stop])
        fields = _up_to(ends, separators) + 1
        blank = (lengths == 0) | ((lengths == 1) & (data[starts] == RETURN))
        physical = _up_to(ends + 1, np.flatnonzero(newlines[:stop]))
        lines = self.line + np.concatenate(([0], np.cumsum(physical)[:-1]))
        self.line += int(physical.sum())
        fits = (fields == self._width) & ~blank
        self._result.records += int(fits.sum())
        for index in np.flatnonzero(~fits & ~blank):
            self._result.add(int(lines[index]), int(fields[index]), self._width)
        for index in np.flatnonzero(physical > 1):
            record = data[int(starts[index]) : int(ends[index])].tobytes()
            self._result.swallowed += self._lines.swallowed(record.split(b"\n"))

    def _by_line(self, block: bytes, *, last: bool = False) -> bytes:
        self._result.loose = True
        for count in self._lines.records(block, last=last):
            self._result.longest = max(self._result.longest, count.size)
            if count.fields is None:
                self._result.unterminated += count.lines
                self._result.add(self.line, self._width + 1, self._width)
            elif count.fields > 0:
                self._result.add(self.line, count.fields, self._width)
                self._result.swallowed += count.swallowed
            self.line += count.lines
        return self._lines.left


def _up_to(ends: Array, places: Array) -> Array:
    """How many of the sorted places lie before each end and not before the one in front of it."""
    return np.diff(np.searchsorted(places, ends), prepend=0)
