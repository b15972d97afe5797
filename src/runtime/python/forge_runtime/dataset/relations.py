# ruff: noqa: S608  tables and columns have generated names here, values are quoted or bound
"""Relations between tables: declared ones, and exact inclusions that names or long values make credible."""

import re
from dataclasses import dataclass
from typing import Any

from forge_runtime.dataset.database import Database, quoted
from forge_runtime.dataset.tables import StoredTable

MAX_CHECKS = 200
# Without a matching name, values must be text and many: small integers are included in each other by accident.
UNNAMED_DISTINCT = 10
UNNAMED_COVERAGE = 0.5
SUFFIXES = ("id", "code", "key", "no", "nr", "number", "ref", "fk", "uuid")


@dataclass(frozen=True)
class Measured:
    """A stored table with its finished profile."""

    table: StoredTable
    profile: dict[str, Any]

    def column(self, name: str) -> dict[str, Any] | None:
        """The profile of a column; case does not matter, as in SQL."""
        return next((c for c in self.profile["columns"] if c["name"].lower() == name.lower()), None)


def find_relations(database: Database, measured: list[Measured]) -> list[dict[str, Any]]:
    """Relations from a column to a unique column of another table."""
    declared = [relation for one in measured for relation in _declared(one, measured)]
    linked = {(r["from"]["table"], r["from"]["column"]) for r in declared}
    both = {(r["to"]["table"], r["from"]["table"]) for r in declared}
    found: list[dict[str, Any]] = []
    checks = 0
    for parent in measured:
        keys = [c for c in parent.profile["columns"] if c["distinct"] == parent.profile["rows"] and c["missing"] == 0]
        for key in keys:
            for child in measured:
                if child is parent or _are_parts(child, parent):
                    continue
                for column in child.profile["columns"]:
                    place = (child.table.id, column["name"])
                    back = (child.table.id, parent.table.id) in both and column["distinct"] == child.profile["rows"]
                    if place in linked or back or not _credible(column, parent, key):
                        continue
                    checks += 1
                    if checks <= MAX_CHECKS and _included(database, child, column, parent, key):
                        found.append(_relation(child, column, parent, key, declared=False))
                        linked.add(place)
                        both.add((parent.table.id, child.table.id))
    return [*declared, *found]


def _declared(one: Measured, measured: list[Measured]) -> list[dict[str, Any]]:
    relations = []
    for column_name, table_name, target in one.table.foreign_keys:
        parent = next(
            (
                other
                for other in measured
                if other.table.source["path"] == one.table.source["path"]
                and str(other.table.source.get("table", "")).lower() == table_name.lower()
            ),
            None,
        )
        column = one.column(column_name)
        key = parent.column(target) if parent else None
        if parent and column and key and key["distinct"] == parent.profile["rows"]:
            relations.append(_relation(one, column, parent, key, declared=True))
    return relations


def _relation(
    child: Measured, column: dict[str, Any], parent: Measured, key: dict[str, Any], *, declared: bool
) -> dict[str, Any]:
    unique = column["distinct"] == child.profile["rows"] - column["missing"]
    return {
        "from": {"table": child.table.id, "column": column["name"]},
        "to": {"table": parent.table.id, "column": key["name"]},
        "kind": "one-to-one" if unique else "many-to-one",
        "declared": declared,
    }


def _are_parts(a: Measured, b: Measured) -> bool:
    return a.table.columns == b.table.columns or (a.profile["part"] is not None and b.profile["part"] is not None)


def _credible(column: dict[str, Any], parent: Measured, key: dict[str, Any]) -> bool:
    kinds = {column["kind"], key["kind"]}
    if not kinds <= {"integer", "text"} or len(kinds) > 1 or not 2 <= column["distinct"] <= key["distinct"]:
        return False
    if column["text"] is not None and column["text"]["meanCharacters"] > 100:
        return False
    if _similar(column["name"], key["name"], parent.table):
        return True
    wordy = column["kind"] == "text" or column["leadingZeros"] or column["bigIntegers"]
    return bool(wordy and column["distinct"] >= max(UNNAMED_DISTINCT, UNNAMED_COVERAGE * key["distinct"]))


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _similar(name: str, key: str, parent: StoredTable) -> bool:
    """`customer_id` and `customer_id`; `customer_id` or `customer` and the `id` of a table `customers`."""
    words, key_words = _words(name), _words(key)
    if not words or not key_words:
        return False
    generic = all(word in SUFFIXES for word in key_words)
    if words == key_words and not generic:
        return True
    table_words = {_singular(word) for word in _words(parent.id.rsplit("#", 1)[-1].rsplit("/", 1)[-1].split(".")[0])}
    rest = [_singular(word) for word in words if word not in SUFFIXES]
    key_rest = [_singular(word) for word in key_words if word not in SUFFIXES]
    names_table = bool(rest) and set(rest[-1:]) <= table_words
    return names_table and (generic or set(key_rest) <= table_words)


def _included(
    database: Database, child: Measured, column: dict[str, Any], parent: Measured, key: dict[str, Any]
) -> bool:
    x, y = f"c{column['index']}", f"c{key['index']}"
    codes = ", ".join(quoted(str(code["value"])) for code in column["missingCodes"])
    present = f"{x} IS NOT NULL{f' AND {x} NOT IN ({codes})' if codes else ''}"
    known = f"SELECT {y} FROM {database.view(parent.table.stored, [key['index']])}"
    rows = database.view(child.table.stored, [column["index"]])
    return not database.rows(f"SELECT 1 FROM {rows} WHERE {present} AND {x} NOT IN ({known}) LIMIT 1")
