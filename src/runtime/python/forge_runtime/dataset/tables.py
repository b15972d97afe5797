"""What every reader hands over: a stored table and how prepare.py can read the same rows."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class StoredTable:
    """A table of the database with the names of its columns."""

    source: dict[str, Any]
    stored: str
    """Name in the database."""
    rows: int
    ragged_lines: list[dict[str, int]] = field(default_factory=list)
    ragged_count: int = 0
    foreign_keys: list[tuple[str, str, str]] = field(default_factory=list)
    """Declared by the database: column, other table's name inside the same file, its column."""

    @property
    def columns(self) -> list[str]:
        """Names in file order."""
        names: list[str] = self.source["columns"]
        return names

    @property
    def id(self) -> str:
        """Name of the table within the dataset; the same as `tableId` in source.ts."""
        inner = {"sqlite": self.source.get("table"), "excel": self.source.get("sheet")}.get(
            self.source["format"], self.source["member"]
        )
        path: str = self.source["path"]
        return path if inner is None else f"{path}#{inner}"


@dataclass(frozen=True)
class Origin:
    """Where a table's bytes come from, as every source states it."""

    path: str
    compression: str = "none"
    member: str | None = None

    def source(self, format_name: str, **rest: Any) -> dict[str, Any]:
        """A table source of source.ts."""
        return {
            "format": format_name,
            "path": self.path,
            "compression": self.compression,
            "member": self.member,
            **rest,
        }
