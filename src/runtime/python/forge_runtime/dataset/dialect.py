"""How a delimited text file is written: encoding, delimiter, quoting, header, lines before the header.

Own sniffing rather than DuckDB's: stray quotation marks must not swallow rows, and ragged files must not collapse into
one column; a generated prepare.py has to read exactly the same rows.
"""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SAMPLE_BYTES = 1_000_000
SAMPLE_LINES = 400
DELIMITERS = [",", "\t", ";", "|"]
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?")


@dataclass(frozen=True)
class Dialect:
    encoding: str
    delimiter: str
    quote: str
    skip_lines: int
    header: bool
    columns: list[str]


def sniff_encoding(head: bytes, rest_is_utf8: bool = True) -> str:
    """A Python codec name for the first bytes of a file."""
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "utf-8" if rest_is_utf8 and _is_utf8(head) else "cp1252"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(data) - 4  # a character cut by the end of the sample
    return True


def encoding_of(path: Path) -> str:
    """The encoding of a whole file, read in blocks; a late byte that is not UTF-8 counts."""
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
        first = sniff_encoding(head)
        if first != "utf-8":
            return first
        tail = head[-4:]
        while block := file.read(1 << 20):
            if not _valid(tail + block):
                return "cp1252"
            tail = block[-4:]
    return "utf-8"


def _valid(data: bytes) -> bool:
    for start in range(4):  # the block may begin inside a character
        try:
            data[start:].decode("utf-8")
        except UnicodeDecodeError as error:
            if error.start > len(data) - start - 4:
                return True
        else:
            return True
    return False


def _rows(text: str, delimiter: str, quote: str) -> list[list[str]]:
    quoting: Literal[0, 3] = 0 if quote else 3  # QUOTE_MINIMAL, QUOTE_NONE
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote or None, quoting=quoting)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if row:
                rows.append(row)
            if len(rows) >= SAMPLE_LINES:
                break
    except csv.Error:
        pass  # a stray carriage return or an over-long field: the rows so far tell the dialect
    return rows


def _consistency(rows: list[list[str]]) -> tuple[int, float]:
    """The commonest number of fields, and the share of rows that have it."""
    if not rows:
        return 0, 0.0
    width, count = Counter(len(row) for row in rows).most_common(1)[0]
    return width, count / len(rows)


def quotes_are_quoting(text: str, delimiter: str) -> bool:
    """Whether quotation marks enclose fields, rather than standing in the text as ordinary characters.

    An enclosing mark opens right after a delimiter or a line start and closes right before one.
    """
    if '"' not in text:
        return True  # the usual convention, should a quoted field come later
    mark = re.escape(delimiter)
    opening = len(re.findall(rf'(?:^|(?<={mark}))"', text, re.MULTILINE))
    closing = len(re.findall(rf'"(?=\r?$|{mark})', text, re.MULTILINE))
    inside = text.count('"') - 2 * text.count('""')
    if opening == 0:
        return False
    return abs(opening - closing) <= 0.02 * opening and 2 * opening >= 0.8 * max(inside, 1)


def sniff(text: str) -> tuple[str, str, int, list[list[str]]]:
    """Delimiter, quote, lines to skip and the sample's rows of a decoded sample."""
    best: tuple[float, str, str, list[list[str]]] = (0.0, ",", '"', [])
    for delimiter in DELIMITERS:
        quote = '"' if quotes_are_quoting(text, delimiter) else ""
        rows = _rows(text, delimiter, quote)
        width, share = _consistency(rows)
        merit = share * min(width, 6) if width > 1 else 0.0
        if merit > best[0] * 1.05:
            best = (merit, delimiter, quote, rows)
    if best[0] == 0.0:
        quote = '"' if quotes_are_quoting(text, ",") else ""
        return ",", quote, 0, _rows(text, ",", quote)
    _, delimiter, quote, rows = best
    return delimiter, quote, _title_lines(text, rows), rows


def _title_lines(text: str, rows: list[list[str]]) -> int:
    """Lines before the table: comments, or a title with fewer fields than the rows below."""
    width, share = _consistency(rows)
    skip = 0
    for line in text.splitlines()[:20]:
        if (line.startswith("#") and share > 0) or (
            skip < len(rows) and len(rows[skip]) == 1 and width > 2 and share > 0.8
        ):
            skip += 1
        else:
            break
    return skip


def looks_typed(value: str) -> bool:
    """A number or a date: something that a column name is not."""
    return NUMBER.fullmatch(value.strip()) is not None or DATE.fullmatch(value.strip()) is not None


def has_header(rows: list[list[str]]) -> bool:
    """Whether the first row names the columns: it differs in kind from the rows below, or never recurs as values."""
    if len(rows) < 2:
        return True
    first, body = rows[0], rows[1:]
    if any(looks_typed(value) for value in first) or any(value.strip() == "" for value in first[1:]):
        return False
    if len(set(first)) < len(first) and len(first) <= 3:
        return False
    for index, name in enumerate(first):
        column = [row[index] for row in body if index < len(row) and row[index] != ""]
        if column and sum(looks_typed(value) for value in column) > 0.8 * len(column):
            return True  # text above numbers
    recurring = sum(any(index < len(row) and row[index] == name for row in body) for index, name in enumerate(first))
    if recurring > 0:
        return False
    identifiers = sum(re.fullmatch(r"[\w .()/%-]{1,40}", name) is not None for name in first)
    lengths = [len(value) for row in body for value in row]
    typical = sum(lengths) / max(len(lengths), 1)
    return identifiers == len(first) and (typical > 1.5 * (sum(map(len, first)) / len(first)) or len(body) >= 20)


def unique_names(names: list[str]) -> list[str]:
    """The header with empty names filled and repeated names numbered."""
    seen: set[str] = set()
    result: list[str] = []
    for index, raw in enumerate(names):
        base = raw.strip() or f"column_{index + 1}"
        name, number = base, 2
        while name.lower() in seen:
            name, number = f"{base}_{number}", number + 1
        seen.add(name.lower())
        result.append(name)
    return result


def dialect_of(path: Path) -> Dialect | None:
    """The dialect of a file; None when it holds no table (empty, binary)."""
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    if head.strip() == b"" or (b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return None
    encoding = encoding_of(path)
    text = head.decode(encoding, errors="replace")
    if len(head) == SAMPLE_BYTES:
        text = text[: text.rfind("\n") + 1] or text
    delimiter, quote, skip, rows = sniff(text)
    body = rows[skip:] if skip < len(rows) else rows
    if not body:
        return None
    width = max(len(body[0]), _consistency(body)[0]) if not has_header(body) else len(body[0])
    header = has_header(body)
    names = unique_names(body[0]) if header else [f"column_{index + 1}" for index in range(width)]
    return Dialect(encoding, delimiter, quote, skip, header, names)
