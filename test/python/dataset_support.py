"""Profiles of small datasets that a test writes."""

from pathlib import Path
from typing import Any

from forge_runtime.dataset.profile import run
from forge_runtime.dataset.reading import read_frame


def profile_of(folder: Path, files: dict[str, str | bytes] | None = None) -> dict[str, Any]:
    """Writes files below a folder and profiles it."""
    for name, content in (files or {}).items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return run({"name": folder.name}, {"raw": folder})


def only_table(profile: dict[str, Any]) -> dict[str, Any]:
    """The single table of a profile."""
    assert [table["id"] for table in profile["tables"]] == [profile["tables"][0]["id"]], profile["problems"]
    table: dict[str, Any] = profile["tables"][0]
    return table


def column(table: dict[str, Any], name: str) -> dict[str, Any]:
    """The profile of one column."""
    return next(one for one in table["columns"] if one["name"] == name)


def codes(profile: dict[str, Any]) -> set[str]:
    """The codes of all problems."""
    return {problem["code"] for problem in profile["problems"]}


def rows_of(folder: Path, table: dict[str, Any]) -> list[list[str]]:
    """The rows as prepare.py would read them from the table's source."""
    frame = read_frame(folder, table["source"])
    return [list(row) for row in frame.itertuples(index=False, name=None)]
