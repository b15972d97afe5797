"""Column names that are present, unique and printable on one line."""

from collections.abc import Sequence

MAX_NAME = 200  # a longer header cell is prose, and would only be carried around


def unique_names(found: Sequence[str | None]) -> list[str]:
    """The header as written, with blank names filled in and repeated names numbered (`a`, `a_2`)."""
    names: list[str] = []
    taken: set[str] = set()
    for position, raw in enumerate(found, start=1):
        base = " ".join((raw or "").replace("\ufeff", "").replace("\0", "").split())[:MAX_NAME] or f"column_{position}"
        name, number = base, 2
        while name in taken:
            name, number = f"{base}_{number}", number + 1
        taken.add(name)
        names.append(name)
    return names


def numbered_names(width: int) -> list[str]:
    """Names for a table without a header."""
    return [f"column_{position}" for position in range(1, width + 1)]
