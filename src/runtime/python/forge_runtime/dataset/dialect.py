"""How a delimited file is written, decided by trying: which reading gives the same number of fields in every record?"""

import csv
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from forge_runtime.dataset.header import NUMBER, has_header
from forge_runtime.dataset.names import numbered_names, unique_names

# In order of preference between equally good readings: a tab or semicolon is rarely accidental, a comma often is.
DELIMITERS = ("\t", ";", "|", ",")
# A blank separates words first of all: as a delimiter it must fit every line, without empty fields.
BLANK = " "
FEWEST_BLANK_RECORDS = 5
SAMPLE_CHARACTERS = 400_000
SAMPLE_LINES = 1_000
SAMPLE_RECORDS = 200
# A file read with one column fits every delimiter; more columns must explain nearly all lines.
MIN_CONSISTENCY = 0.6
# A last field that is empty may lack the blank.
ALWAYS = 0.95
FIELD_LIMIT = 16_000_000
# Written into a one-column table as its delimiter: a control character that the sample does not hold.
NO_DELIMITER = "\x1f"

csv.field_size_limit(FIELD_LIMIT)


@dataclass(frozen=True)
class Dialect:
    """One reading of a delimited file."""

    delimiter: str
    quote: str
    """Empty when quotation marks are ordinary characters."""
    skip_lines: int
    header: bool
    columns: list[str]
    consistency: float
    """Share of the sampled records that have the number of fields of the table."""
    skip_blanks: bool = False
    """Blanks after the delimiters are layout, no part of the values."""


class Records(Protocol):
    """What `csv.reader` returns."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


def parse(lines: Iterable[str], delimiter: str, quote: str, *, skip_blanks: bool = False) -> Records:
    """Records of text lines, as pandas' C reader and Python's csv module split them."""
    if quote:
        return csv.reader(lines, delimiter=delimiter, quotechar=quote, doublequote=True, skipinitialspace=skip_blanks)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, quotechar=None, skipinitialspace=skip_blanks)


def sniff(utf8: Path) -> Dialect | None:
    """The best reading of the first part of a UTF-8 file; None when it holds no record at all."""
    lines = _sample(utf8)
    if not any(line.strip() for line in lines):
        return None
    best: tuple[float, int, str, str] | None = None
    # Between equally good readings the mark counts that the file uses.
    usual = '"' if any('"' in line for line in lines) else "'"
    for (rank, delimiter), quote in itertools.product(enumerate(DELIMITERS), ('"', "'", "")):
        if quote == "'" and not _wraps_fields(lines, delimiter, quote):
            continue
        score = _score(lines, delimiter, quote)
        if score is not None and quote == usual:
            score += 1e-6
        if score is not None and (best is None or (score, -rank) > (best[0], best[1])):
            best = (score, -rank, delimiter, quote)
    if best is None and _separated_by_blanks(lines):
        return _describe(lines, BLANK, "")
    if best is None:
        return _one_column(lines)
    return _describe(lines, best[2], best[3])


def with_quote(utf8: Path, dialect: Dialect, quote: str) -> Dialect:
    """The same file read with another quotation mark (or none)."""
    return _describe(_sample(utf8), dialect.delimiter, quote)


def _sample(utf8: Path) -> list[str]:
    with utf8.open(encoding="utf-8-sig", errors="replace", newline="\n") as stream:
        lines: list[str] = []
        left = SAMPLE_CHARACTERS
        while left > 0 and len(lines) < SAMPLE_LINES and (line := stream.readline(left)):
            left -= len(line)
            lines.append(line.replace("\0", ""))
        if len(lines) > 1 and not lines[-1].endswith("\n") and stream.read(1):
            lines.pop()  # cut in the middle
    return lines


def _records(lines: list[str], delimiter: str, quote: str, *, skip_blanks: bool = False) -> list[tuple[int, list[str]]]:
    """Records that are not blank, each with the number of physical lines before it."""
    reader = parse(lines, delimiter, quote, skip_blanks=skip_blanks)
    records: list[tuple[int, list[str]]] = []
    before = 0
    try:
        for record in reader:
            if record:
                records.append((before, record))
            before = reader.line_num
            if len(records) >= SAMPLE_RECORDS:
                break
    except csv.Error:
        return []
    # A quoted field that runs on to the end of the sample says nothing about the file.
    if len(records) > 1 and reader.line_num - records[-1][0] > 1 and reader.line_num >= len(lines):
        records.pop()
    return records


def _mode(records: list[tuple[int, list[str]]]) -> tuple[int, int]:
    counts = Counter(len(record) for _, record in records)
    width, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    return width, count


def _score(lines: list[str], delimiter: str, quote: str) -> float | None:
    records = _records(lines, delimiter, quote)
    if not records:
        return None
    width, count = _mode(records)
    consistency = count / len(records)
    # Two records that agree prove little, hence the pseudo-count.
    if width < 2 or consistency < MIN_CONSISTENCY:
        return None
    swallowed = _swallowed_lines(lines, records, delimiter, width) if quote else 0
    return (count - swallowed) / (len(records) + 0.5)


def _swallowed_lines(lines: list[str], records: list[tuple[int, list[str]]], delimiter: str, width: int) -> int:
    """Lines that would each be a whole record if quotation marks meant nothing, yet were joined by them."""
    starts = [before for before, _ in records]
    ends = [*starts[1:], starts[-1] + 1]
    swallowed = 0
    for start, end in zip(starts, ends, strict=True):
        joined = [line for line in lines[start:end] if line.strip()]
        if len(joined) > 1 and all(line.count(delimiter) + 1 == width for line in joined):
            swallowed += len(joined)
    return swallowed


def _separated_by_blanks(lines: list[str]) -> bool:
    records = [record for _, record in _records(lines, BLANK, "")]
    if len(records) < FEWEST_BLANK_RECORDS or len(records[0]) < 2 or len({len(record) for record in records}) > 1:
        return False
    cells = [cell for record in records[1:] for cell in record]
    numbers = sum(bool(NUMBER.match(cell)) for cell in cells)
    return all(cells) and numbers * 2 >= len(cells)


def is_padded_with_blanks(utf8: Path) -> bool:
    """Whether columns are lined up with runs of blanks, which no single delimiter describes."""
    records = [line.split() for line in _sample(utf8) if line.strip()]
    widths = {len(record) for record in records}
    if len(records) < FEWEST_BLANK_RECORDS or len(widths) > 1 or widths == {1}:
        return False
    cells = [cell for record in records[1:] for cell in record]
    return sum(bool(NUMBER.match(cell)) for cell in cells) * 2 >= len(cells)


def _wraps_fields(lines: list[str], delimiter: str, quote: str) -> bool:
    cells = [cell.strip() for line in lines[:SAMPLE_RECORDS] for cell in line.rstrip("\r\n").split(delimiter)]
    wrapped = sum(len(cell) > 1 and cell[0] == quote == cell[-1] for cell in cells)
    return wrapped > 0 and wrapped >= 0.05 * len(cells)


def _blanks_follow(lines: list[str], delimiter: str) -> bool:
    """Whether a blank stands after all delimiters; with quotation marks readers differ on what it means."""
    sample = [line for line in lines[:SAMPLE_RECORDS] if line.strip()]
    delimiters = sum(line.count(delimiter) for line in sample)
    followed = sum(line.count(delimiter + BLANK) for line in sample)
    quoted = any(mark in line for line in lines for mark in "\"'")
    return delimiter != BLANK and delimiters > 0 and followed >= ALWAYS * delimiters and not quoted


def _describe(lines: list[str], delimiter: str, quote: str) -> Dialect:
    skip_blanks = _blanks_follow(lines, delimiter)
    records = _records(lines, delimiter, quote, skip_blanks=skip_blanks)
    if not records:
        return _one_column(lines)
    width, count = _mode(records)
    first = _first_of_table(records, width)
    skip, head = records[first]
    below = [record for _, record in records[first + 1 :] if len(record) == width]
    header = has_header(head, below[:100])
    if not header:
        columns = numbered_names(width)
    elif len(head) == width - 1:
        columns = _with_row_names(head, below)
    else:
        columns = unique_names(head)
    return Dialect(delimiter, quote, skip, header, columns, count / len(records), skip_blanks)


def _first_of_table(records: list[tuple[int, list[str]]], width: int) -> int:
    """Index of the header or first row: titles and comments before it have another number of fields."""
    for index, (_, record) in enumerate(records):
        following = records[index + 1][1] if index + 1 < len(records) else record
        if len(record) == width and not (record[0].lstrip().startswith("#") and following[0].lstrip().startswith("#")):
            break
    else:
        return 0
    if index > 0 and len(records[index - 1][1]) == width - 1 and width > 2:
        # `write.table` of R leaves the name of the row-name column out.
        previous = records[index - 1][1]
        if has_header(previous, [record[1:] for _, record in records[index : index + 50] if len(record) == width]):
            return index - 1
    if index > 0 and len(records[0][1]) > width:
        return 0  # a header that is wider than its rows
    return index


def _with_row_names(head: list[str], below: list[list[str]]) -> list[str]:
    trailing = all(not record[-1] for record in below)
    return unique_names([*head, None] if trailing else ["row_name", *head])


def _one_column(lines: list[str]) -> Dialect:
    content = [(number, line.strip()) for number, line in enumerate(lines) if line.strip()]
    quote = (
        '"'
        if content and sum(len(text) > 1 and text[0] == '"' == text[-1] for _, text in content) > len(content) / 2
        else ""
    )
    values = [text.strip('"') if quote else text for _, text in content]
    header = has_header([values[0]], [[value] for value in values[1:100]])
    return Dialect(
        NO_DELIMITER, quote, content[0][0], header, unique_names([values[0]]) if header else ["column_1"], 1.0
    )
