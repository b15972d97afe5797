"""Names of the columns of a file without header, from a document that lists them in their order."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from forge_runtime.dataset.names import unique_names

# `7. Attribute Information:`, `For each variable:`: what announces a list of columns.
ANNOUNCED = re.compile(r"\b(attributes?|variables?|columns?|fields?|features?)\b", re.IGNORECASE)
# `1. name`, `2) name`, `3: name`, `Attribute 4: name`; also `25, 26, 27: name`, one name for several columns.
ITEM = re.compile(r"^(\s*(?:[A-Za-z]+\s+)?\d{1,4}(?:\s*,\s*\d{1,4})*)\s*[.):]\s+(\S.*)$")
# C4.5: the classes on a line, then `age: continuous.` or `sex: male, female.` for each attribute.
DECLARED = re.compile(r"^([^:|]{1,60}):\s*(continuous|ignore|discrete\b.*|[^:|]+)\.?\s*$", re.IGNORECASE)
IDENTIFIER = re.compile(r"\b(id|identifier|identification)\b", re.IGNORECASE)
MOST_CHARACTERS = 40
UNIT = re.compile(r"\s*\([^()\d]{1,15}\)$")
FEWEST = 3
"""Two items can be anything."""


def listed_names(documents: Sequence[dict[str, Any]], width: int) -> tuple[list[str], str] | None:
    """The names of `width` columns and the path of the document that lists exactly so many; None where none does."""
    if width < FEWEST:
        return None
    for document in documents:
        if document["kind"] == "licence":
            continue
        lines = str(document["text"]).splitlines()
        for names in (*_numbered(lines), *_declared(lines)):
            # An identifier that the document counts first is often left out of the file.
            found = names[1:] if len(names) == width + 1 and IDENTIFIER.search(names[0]) else names
            if len(found) == width:
                return unique_names(found), str(document["path"])
    return None


def _numbered(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lists of items 1, 2, 3, … whose numbers end at the same place of the line, below a line that announces them."""
    for start, line in enumerate(lines):
        first = ITEM.match(line)
        if first is None or _numbers(first) != [1]:
            continue
        above = next((text for text in reversed(lines[:start]) if text.strip()), "")
        if not ANNOUNCED.search(above) and not ANNOUNCED.search(first[1]):
            continue
        names: list[str] = []
        for item in map(ITEM.match, lines[start:]):
            if item is None or (names and abs(_place(item) - _place(first)) > 1):
                continue
            numbers = _numbers(item)
            if numbers != list(range(len(names) + 1, len(names) + 1 + len(numbers))):
                break
            names += [_name(item[2])] * len(numbers)
        yield names


def _numbers(item: re.Match[str]) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", item[1])]


def _place(item: re.Match[str]) -> int:
    """Where the item's first number ends: numbers are lined up at their ends."""
    number = re.search(r"\d+", item[1])
    return number.end() if number else 0


def _declared(lines: Sequence[str]) -> Iterator[list[str]]:
    """The attributes of a C4.5 file of names, and the class, which its data hold last."""
    content = [line for line in lines if line.strip() and not line.startswith("|")]
    for start, line in enumerate(content):
        if ":" in line or "," not in line:
            continue
        names: list[str] = []
        for item in map(DECLARED.match, content[start + 1 :]):
            if item is None:
                break
            names.append(_name(item[1]))
        if any(DECLARED.match(text) and "continuous" in text.lower() for text in content[start + 1 :][: len(names)]):
            yield [*names, "class"]


def _name(text: str) -> str:
    """The words before an explanation, at most a few of them; a unit in brackets stays."""
    head = re.split(r":|\s[-\N{EN DASH}\N{EM DASH}=]\s", text.strip(), maxsplit=1)[0].strip()
    unit = UNIT.search(head)
    bare = head[: unit.start()] if unit else re.sub(r"\s*\(.*$", "", head)
    if len(bare) > MOST_CHARACTERS:
        bare = bare[: MOST_CHARACTERS + 1].rsplit(" ", 1)[0]
    return (bare + (unit[0] if unit else "")).strip(" .;,?")
