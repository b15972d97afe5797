"""What could not be read, collected instead of raised: a profile never fails because one file is bad."""

from typing import Any

MAX_PROBLEMS = 500  # a folder of junk must not drown the report
MAX_PER_CODE = 50


class UnreadableError(Exception):
    """One file cannot become a table; the message and the remedy are for people."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy


class Problems:
    """An ordered list of problems with a bound per code."""

    def __init__(self) -> None:
        self._items: list[dict[str, str]] = []
        self._counts: dict[str, int] = {}

    def add(self, code: str, path: str, message: str, remedy: str) -> None:
        """Notes one problem; beyond the bounds it is only counted."""
        self._counts[code] = self._counts.get(code, 0) + 1
        if self._counts[code] <= MAX_PER_CODE and len(self._items) < MAX_PROBLEMS:
            self._items.append({"code": code, "path": path, "message": message, "remedy": remedy})

    def add_error(self, path: str, error: UnreadableError) -> None:
        """Notes why one file could not be read."""
        self.add(error.code, path, error.message, error.remedy)

    def as_list(self) -> list[dict[str, Any]]:
        """All problems, followed by how many were left out."""
        left_out = [
            {
                "code": code,
                "path": "",
                "message": f"{count - MAX_PER_CODE} more files have the problem {code}.",
                "remedy": "See the first ones.",
            }
            for code, count in sorted(self._counts.items())
            if count > MAX_PER_CODE
        ]
        return [*self._items, *left_out]
