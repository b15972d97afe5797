"""A locked-down DuckDB database in the scratch folder that holds every table as text, in bounded memory."""

from pathlib import Path
from typing import Any

import duckdb

from forge_runtime.dataset.reading import read_frame
from forge_runtime.dataset.sources import Source, plain_file

MEMORY = "400MB"
"""With the interpreter and its packages the process stays below 1 GB."""
MAX_REJECTS = 20


def quoted(name: str) -> str:
    """An SQL identifier for any name."""
    return '"' + name.replace('"', '""') + '"'


class Store:
    """Tables by number, all columns VARCHAR, missing values NULL. Columns are named c0, c1, …"""

    def __init__(self, root: Path, scratch: Path) -> None:
        self.root = root
        self.scratch = scratch
        self.connection = duckdb.connect(str(scratch / "store.duckdb"))
        for setting in (
            f"SET memory_limit = '{MEMORY}'",
            "SET threads = 2",
            "SET preserve_insertion_order = true",
            f"SET temp_directory = '{_literal(str(scratch / 'spill'))}'",
            "SET autoinstall_known_extensions = false",
            "SET autoload_known_extensions = false",
            f"SET allowed_directories = ['{_literal(str(root.parent if root.is_file() else root))}', '{_literal(str(scratch))}']",
            "SET enable_external_access = false",
            "SET lock_configuration = true",
        ):
            self.connection.execute(setting)

    def load(self, number: int, source: Source) -> tuple[int, list[dict[str, int]], int]:
        """Loads a source. Returns its rows, the first ragged lines, and how many lines are ragged."""
        if source["format"] == "delimited":
            ragged, count = self._load_delimited(number, source)
        else:
            frame = read_frame(self.root, source)
            frame.columns = [f"c{index}" for index in range(frame.shape[1])]
            self.connection.register("frame", frame.replace("", None))
            columns = ", ".join(f"CAST({name} AS VARCHAR) AS {name}" for name in frame.columns)
            self.connection.execute(f"CREATE TABLE t{number} AS SELECT {columns} FROM frame")
            self.connection.unregister("frame")
            ragged, count = [], 0
        return self.one(f"SELECT count(*) FROM t{number}")[0], ragged, count

    def one(self, query: str, parameters: list[Any] | None = None) -> tuple[Any, ...]:
        rows = self.all(query, parameters)
        return rows[0] if rows else ()

    def all(self, query: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, parameters or []).fetchall()

    def close(self) -> None:
        self.connection.close()

    def _load_delimited(self, number: int, source: Source) -> tuple[list[dict[str, int]], int]:
        path = self._as_utf8(plain_file(self.root, source, self.scratch), source["encoding"])
        names = [f"c{index}" for index in range(len(source["columns"]))]
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
        quote = source["quote"]
        common = (
            f"'{_literal(str(path))}', columns = {{{columns}}}, auto_detect = false, delim = '{_literal(source['delimiter'])}', "
            f"quote = '{_literal(quote)}', escape = '{_literal(quote)}', header = {str(source['header']).lower()}, "
            f"skip = {source['skipLines']}, nullstr = '', max_line_size = 20000000, strict_mode = false"
        )
        try:
            self.connection.execute(f"CREATE TABLE t{number} AS SELECT * FROM read_csv({common})")
        except duckdb.Error:
            self.connection.execute(
                f"CREATE TABLE t{number} AS SELECT * FROM read_csv({common}, ignore_errors = true, store_rejects = true)"
            )
            found = self.all("SELECT line, max(error_type) FROM reject_errors GROUP BY line ORDER BY line")
            if any("MISSING" in str(kind) for _, kind in found):
                # Short lines are kept with empty fields, as pandas keeps them; long ones are left out.
                self.connection.execute(
                    f"CREATE OR REPLACE TABLE t{number} AS SELECT * FROM read_csv({common}, ignore_errors = true, null_padding = true, parallel = false)"
                )
            lines = [line for line, _ in found]
            return self._fields_of(path, lines[:MAX_REJECTS], source), len(lines)
        return [], 0

    def _fields_of(self, path: Path, lines: list[int], source: Source) -> list[dict[str, int]]:
        wanted, found = set(lines), []
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            for number, line in enumerate(file, start=1):
                if number in wanted:
                    found.append({"line": number, "fields": line.count(source["delimiter"]) + 1})
                    if len(found) == len(wanted):
                        break
        return found

    def _as_utf8(self, path: Path, encoding: str) -> Path:
        if encoding == "utf-8" and _named_plainly(path):
            return path
        copy = self.scratch / f"utf8-{abs(hash(str(path)))}.csv"
        if not copy.exists():
            with (
                path.open(encoding=encoding, errors="replace", newline="") as file,
                copy.open("w", encoding="utf-8", newline="") as target,
            ):
                while block := file.read(1 << 20):
                    target.write(block)
        return copy


def _named_plainly(path: Path) -> bool:
    """DuckDB reads *, ? and [ in a path as a pattern."""
    return not any(mark in str(path) for mark in "*?[]{}") and str(path).isprintable()


def _literal(text: str) -> str:
    return text.replace("'", "''")
