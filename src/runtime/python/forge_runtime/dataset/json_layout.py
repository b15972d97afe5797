"""Where a JSON document holds its records, and how they are laid out: as people and as libraries write them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeGuard

from forge_runtime.dataset.names import numbered_names
from forge_runtime.dataset.spelling import flatten

Layout = Literal["objects", "rows", "columns", "indexed", "keyed", "parts", "row-parts"]
"""A list of objects; one of lists; an object of lists, one for each column; the same with objects from row to value, as
pandas writes it; an object from name to record; and an object of lists of records, or of lists, that go together."""

Record = dict[str, Any]

DEEPEST = 3
LEAST_KEYED = 20
"""Fewer objects under names of their own are settings."""
ALIKE = 0.8
"""Records of one kind share so many of their keys."""
MOST_CELLS = 2_000
PART, KEY = "part", "key"
_PLAIN = (str, int, float, bool, type(None))


@dataclass(frozen=True)
class Found:
    """One place of records."""

    path: list[str]
    layout: Layout
    count: int
    names: list[str] | None = None
    """Names of columns that stand apart from the rows."""


def find_records(document: Any) -> Found | None:
    """The most records at most three keys deep; lists of objects are preferred to all else."""
    found = list(_places([], document))
    objects = [place for place in found if place.layout in {"objects", "parts"}]
    return max(objects or found, key=lambda place: (place.count, place.names is not None), default=None)


def records_of(document: Any, place: Found, key: str | None) -> list[Record]:
    """The records at a place; `key` is the column that tells the name under which a record, or its part, stood."""
    value: Any = document
    for step in place.path:
        value = value[step]
    return list(_records(value, place.layout, place.names, key))


def key_column(document: Any, place: Found) -> str | None:
    """A column for the names under which records stand, called like none that they have; None where they have none."""
    if place.layout not in {"keyed", "parts", "row-parts"}:
        return None
    known = {name for record in records_of(document, place, None) for name in record}
    plain = KEY if place.layout == "keyed" else PART
    numbered = (f"{plain}_{number}" for number in itertools.count(2))
    return next(name for name in itertools.chain([plain], numbered) if name not in known)


def _records(value: Any, layout: Layout, names: list[str] | None, key: str | None) -> Iterator[Record]:
    if layout == "objects":
        yield from map(flatten, value)
    elif layout == "rows":
        yield from (dict(zip(_names(names, row), row, strict=True)) for row in value)
    elif layout == "columns":
        yield from (dict(zip(value, row, strict=True)) for row in zip(*value.values(), strict=True))
    elif layout == "indexed":
        rows = next(iter(value.values()))
        yield from ({name: cells.get(row) for name, cells in value.items()} for row in rows)
    elif layout == "keyed":
        yield from (_told(key, name) | flatten(record) for name, record in value.items())
    else:
        inner: Layout = "objects" if layout == "parts" else "rows"
        for name, part in value.items():
            yield from (_told(key, name) | record for record in _records(part, inner, names, None))


def _told(key: str | None, name: str) -> Record:
    return {} if key is None else {key: name}


def _names(names: list[str] | None, row: list[Any]) -> list[str]:
    return names if names is not None else numbered_names(len(row))


def _places(path: list[str], value: Any) -> Iterator[Found]:
    if isinstance(value, list):
        if _all_objects(value):
            yield Found(path, "objects", len(value))
        elif _width(value) is not None:
            yield Found(path, "rows", len(value))
    elif isinstance(value, dict) and value:
        yield from _of_object(path, value)
        if len(path) < DEEPEST:
            for name, inner in value.items():
                yield from _places([*path, name], inner)


def _of_object(path: list[str], value: dict[str, Any]) -> Iterator[Found]:
    parts = list(value.values())
    if all(isinstance(part, list) and part for part in parts):
        count = sum(map(len, parts))
        if len(parts) > 1 and all(map(_all_objects, parts)) and _alike([part[0] for part in parts]):
            yield Found(path, "parts", count)
        widths = {_width(part) for part in parts}
        if len(parts) > 1 and len(widths) == 1 and None not in widths:
            yield Found(path, "row-parts", count)
        if len(parts) > 1 and len({len(part) for part in parts}) == 1 and all(map(_is_plain, parts)):
            yield Found(path, "columns", len(parts[0]))
    elif all(isinstance(part, dict) and part for part in parts):
        rows = set(parts[0])
        if all(name.isdigit() for name in rows) and all(set(part) == rows for part in parts):
            yield Found(path, "indexed", len(rows))
        elif len(parts) >= LEAST_KEYED and _alike(parts):
            yield Found(path, "keyed", len(parts))
    names, data = value.get("columns"), value.get("data")
    if isinstance(data, list) and _are_names(names) and len(names) == _width(data):
        yield Found([*path, "data"], "rows", len(data), names)


def _are_names(names: Any) -> TypeGuard[list[str]]:
    """Whether this is a list of different texts."""
    return isinstance(names, list) and all(isinstance(name, str) for name in names) and len(set(names)) == len(names)


def _all_objects(items: list[Any]) -> bool:
    return bool(items) and all(isinstance(item, dict) for item in items)


def _width(items: list[Any]) -> int | None:
    """How many cells each of several lists of plain values has; None where they differ."""
    if len(items) < 2 or not all(isinstance(item, list) and _is_plain(item) for item in items):
        return None
    widths = {len(item) for item in items}
    width = widths.pop()
    return width if not widths and 0 < width <= MOST_CELLS else None


def _is_plain(items: list[Any]) -> bool:
    return all(isinstance(item, _PLAIN) for item in items)


def _alike(records: list[Record]) -> bool:
    """Whether nearly all records have nearly the keys of the first."""
    first = set(records[0])
    same = sum(len(first & set(record)) >= ALIKE * len(first | set(record)) for record in records)
    return bool(first) and same >= ALIKE * len(records)
