"""Relations between tables: declared foreign keys, and columns whose values all occur in a key of another table."""

import re
from pathlib import Path
from typing import Any

from forge_runtime.dataset.sources import foreign_keys
from forge_runtime.dataset.store import Store

MAX_CHECKS = 300

Table = dict[str, Any]


def relations_of(store: Store, root: Path, tables: list[Table]) -> list[dict[str, Any]]:
    """Relations of src/dataset/profile.ts. Undeclared ones need alike names: small whole numbers are included by accident."""
    found: list[dict[str, Any]] = []
    known: set[tuple[str, str, str]] = set()
    by_name = {(table["source"]["path"], table["source"].get("table")): table for table in tables}
    for table in tables:
        if table["source"]["format"] != "sqlite":
            continue
        for column, parent, key in foreign_keys(root, table["source"]):
            target = by_name.get((table["source"]["path"], parent))
            if target is not None and target is not table:
                known.add((table["id"], column, target["id"]))
                found.append(_relation(table, column, target, key, declared=True))
    checks = 0
    for number, table in enumerate(tables):
        for other_number, other in enumerate(tables):
            if (
                table is other
                or table["rows"] == 0
                or other["rows"] == 0
                or (table["part"] is not None and other["part"] is not None)
            ):
                continue
            for key in [names[0] for names in other["keys"] if len(names) == 1]:
                for column in table["columns"]:
                    name = column["name"]
                    if (
                        (table["id"], name, other["id"]) in known
                        or not _alike(name, key, other)
                        or column["distinct"] == 0
                    ):
                        continue
                    if [name] in table["keys"] and (
                        table["rows"] > other["rows"] or (table["rows"] == other["rows"] and number > other_number)
                    ):
                        continue
                    checks += 1
                    if checks > MAX_CHECKS:
                        return found
                    if _included(store, number, column["index"], other_number, _index(other, key)):
                        known.add((table["id"], name, other["id"]))
                        found.append(_relation(table, name, other, key, declared=False))
    return found


def _index(table: Table, name: str) -> int:
    return int(next(column["index"] for column in table["columns"] if column["name"] == name))


def _relation(table: Table, column: str, target: Table, key: str, *, declared: bool) -> dict[str, Any]:
    unique = [column] in table["keys"]
    return {
        "from": {"table": table["id"], "column": column},
        "to": {"table": target["id"], "column": key},
        "kind": "one-to-one" if unique else "many-to-one",
        "declared": declared,
    }


def _words(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _alike(column: str, key: str, target: Table) -> bool:
    """`customer_id` and `customer_id`, or `customer_id` and the `id` of customers; two columns called `id` are not."""
    a, b = _words(column), _words(key)
    inner = target["source"].get("table") or Path(target["source"]["member"] or target["source"]["path"]).stem
    owner = _words(inner).rstrip("s")
    if b in {"id", "key", "code", "index"}:
        return a != b and len(owner) >= 3 and owner in a
    return a == b or (len(b) >= 4 and a.endswith(b))


def _included(store: Store, table: int, column: int, other: int, key: int) -> bool:
    query = f"SELECT count(*) FROM (SELECT DISTINCT c{column} AS v FROM t{table} WHERE c{column} IS NOT NULL) WHERE v NOT IN (SELECT c{key} FROM t{other} WHERE c{key} IS NOT NULL)"
    return bool(store.one(query)[0] == 0)
