"""Whether the first record of a table names its columns."""

import itertools
import re
from collections.abc import Sequence

NUMBER = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")
DATE = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d{1,2}:\d{2}.*)?$")
MAX_HEADER_CELL = 80  # names of columns are short; sentences are data
MAX_HEADER_WORDS = 8


def has_header(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Compares the first record with the ones below it, column by column."""
    if not below:
        return not any(_is_value(cell) for cell in first)
    votes = 0
    for position, raw in enumerate(first):
        cell = raw.strip()
        column = [row[position].strip() for row in below if position < len(row) and row[position].strip()]
        if not cell or not column:
            continue
        values = sum(_is_value(value) for value in column) / len(column)
        if _is_value(cell):
            votes -= 1
        elif values > 0.8:
            votes += 1
        elif cell in column or len(cell) > MAX_HEADER_CELL or len(cell.split()) > MAX_HEADER_WORDS:
            votes -= 1
    if votes < 0 and _counts_upwards(first):
        return True
    return votes > 0 or (votes == 0 and _looks_like_names(first))


def _is_value(cell: str) -> bool:
    return bool(NUMBER.match(cell) or DATE.match(cell))


def _counts_upwards(first: Sequence[str]) -> bool:
    # `country, 2000, 2001, 2002` or `, 0, 1, 2`: years or positions as names.
    numbers = [int(cell) for cell in first if re.fullmatch(r"\d{1,4}", cell.strip())]
    steps = [later - earlier for earlier, later in itertools.pairwise(numbers)]
    return len(numbers) >= 3 and all(step == 1 for step in steps) and not _is_value(first[0].strip())


def _looks_like_names(first: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in first]
    return len({cell for cell in cells if cell}) == len([cell for cell in cells if cell]) and all(
        len(cell) <= MAX_HEADER_CELL and len(cell.split()) <= MAX_HEADER_WORDS and not cell.endswith((".", "!", "?"))
        for cell in cells
    )
