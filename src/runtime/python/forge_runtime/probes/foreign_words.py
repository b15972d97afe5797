"""Which columns a grader reads and what a submission looks like, told by its syntax tree and its description."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 60
MAX_BLOCKS = 6
MAX_LISTED = 200
COLUMN_KEYWORD = re.compile(r"(col|column|target|value|label|name|key|id|on|by|left_on|right_on|subset|index)s?$", re.I)
KEY_KEYWORD = re.compile(r"^(row_?)?(id|key)s?(_?(col|column|name|field))*$", re.I)
ALIGNING = {"sort_values", "set_index", "merge", "join"}
PLACEHOLDER = re.compile(r"^(etc\.?|\.\.\.|…|```|and so on.*)$", re.I)
FIGURE = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")


@dataclass(frozen=True)
class Block:
    """An example of a submission: its header and some rows, as written."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def cells(self, column: int) -> list[str]:
        return [row[column] for row in self.rows]


def column_words(sources: Iterable[str]) -> Counter[str]:
    """Short strings of the code by how much they look like column names: subscripts count most."""
    found: Counter[str] = Counter()
    for source in sources:
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            continue
        for node in ast.walk(tree):
            for text, weight in _words(node):
                if 0 < len(text) <= LONGEST and "\n" not in text:
                    found[text] += weight
    return found


def key_words(sources: Iterable[str]) -> list[str]:
    """Columns by which the code aligns tables: what it sorts by, indexes by, merges on, or calls an id."""
    found: list[str] = []
    for source in sources:
        try:
            nodes = list(ast.walk(ast.parse(source)))
        except (SyntaxError, ValueError, RecursionError):
            continue
        for node in nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ALIGNING:
                given = node.args[-1:] if node.func.attr == "merge" else node.args[:1]
                values = [*given, *(k.value for k in node.keywords if k.arg in {"by", "on", "keys", "left_on"})]
                found += [text for value in values for text in _constants(value)]
            elif isinstance(node, ast.keyword) and node.arg and KEY_KEYWORD.search(node.arg):
                found += _constants(node.value)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found += _constants(node.value) if KEY_KEYWORD.search(node.targets[0].id) else []
    return list(dict.fromkeys(found))


def column_lists(sources: Iterable[str]) -> list[tuple[str, ...]]:
    """Lists of several strings that the code gives a name: often the classes, each with a column of its own."""
    found: list[tuple[str, ...]] = []
    for source in sources:
        try:
            nodes = list(ast.walk(ast.parse(source)))
        except (SyntaxError, ValueError, RecursionError):
            continue
        for node in nodes:
            if isinstance(node, ast.Assign) and isinstance(node.value, (ast.List, ast.Tuple)):
                names = tuple(dict.fromkeys(_constants(node.value)))
                if 2 <= len(names) <= MAX_LISTED and all(len(name) <= LONGEST for name in names):
                    found.append(names)
    return list(dict.fromkeys(found))[:MAX_BLOCKS]


def _words(node: ast.AST) -> Iterable[tuple[str, int]]:
    if isinstance(node, ast.Subscript):
        yield from ((text, 3) for text in _constants(node.slice))
    elif isinstance(node, ast.keyword) and node.arg and COLUMN_KEYWORD.search(node.arg):
        yield from ((text, 3) for text in _constants(node.value))
    elif isinstance(node, ast.arguments):
        for default in [*node.defaults, *node.kw_defaults]:
            if default is not None:
                yield from ((text, 3) for text in _constants(default))
    elif isinstance(node, ast.Compare):
        yield from ((text, 2) for side in (node.left, *node.comparators) for text in _constants(side))
    elif isinstance(node, ast.Assign):
        yield from ((text, 2) for text in _constants(node.value))
    elif isinstance(node, (ast.List, ast.Set, ast.Tuple)):
        yield from ((text, 1) for text in _constants(node))


def _constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, (ast.List, ast.Set, ast.Tuple)):
        return [text for item in node.elts for text in _constants(item)]
    return []


def blocks(description: str, words: Counter[str]) -> list[Block]:
    """Tables of comma-separated lines in a description, those first whose header the code knows best."""
    found: list[Block] = []
    lines = [line.strip().strip("`").replace("\\_", "_") for line in description.splitlines()]
    lines = [line for line in lines if line]
    for start, line in enumerate(lines):
        header = _header(line)
        if header is None or not any(name in words for name in header):
            continue
        rows = []
        for text in lines[start + 1 : start + 12]:
            cells = _cells(text)
            if cells is None or len(cells) != len(header) or PLACEHOLDER.match(cells[0]):
                break
            rows.append(tuple(cells))
        if rows:
            found.append(Block(tuple(header), tuple(rows)))
    found.sort(key=lambda block: -sum(name in words for name in block.header) / len(block.header))
    return list(dict.fromkeys(found))[:MAX_BLOCKS]


def _header(line: str) -> list[str] | None:
    cells = _cells(line)
    if cells is None or len(cells) < 2 or len(set(cells)) != len(cells):
        return None
    named = all(cell and len(cell) <= LONGEST and not FIGURE.match(cell) for cell in cells)
    return cells if named and not line.endswith((".", ":")) else None


def _cells(line: str) -> list[str] | None:
    if line.count(",") == 0:
        return None
    try:
        return [cell.strip() for cell in next(csv.reader([line], skipinitialspace=True))]
    except (csv.Error, StopIteration):
        return None
