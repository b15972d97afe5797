# ruff: noqa: S608  tables and columns have generated names here, values are quoted or bound
"""Tables that name media files, and the columns beside the names that may label them."""

from typing import Any

from forge_runtime.dataset.database import Database, quoted
from forge_runtime.dataset.media_files import Collection
from forge_runtime.dataset.relations import Measured

MATCHED_SHARE = 0.5  # of the rows; a table may also describe files that were not delivered
PROBED_VALUES = 50
PATH_CHARACTERS = 300
MAX_CLASSES = 500
ROWS_PER_CLASS = 2
LABEL_COLUMNS = 10
SEVERAL_SHARE = 0.01  # of the files; where more have several values, the rows describe parts of the files
LABEL_KINDS = frozenset({"boolean", "integer", "text"})


def link_tables(database: Database, measured: list[Measured], collection: Collection) -> list[dict[str, Any]]:
    """Fills `mediaPaths` of columns that name files of the collection; returns the label sources found so."""
    names = _names(collection)
    stored = database.create(([name] for name in sorted(names)), 1)
    sources: list[dict[str, Any]] = []
    for one in measured:
        for column in one.profile["columns"]:
            if not _may_name_files(column) or not _any_matches(database, one, column, names):
                continue
            matched = _matched(database, one, column, stored)
            if matched >= MATCHED_SHARE * max(one.table.rows - column["missing"], 1) and matched >= 2:
                column["mediaPaths"] = {"collection": collection.root, "matched": matched}
                sources += _labels(database, one, column)
                break
    database.drop(stored)
    return sources


def _names(collection: Collection) -> set[str]:
    """Every way a table may call a file: path from the dataset, from the collection, file name, name without ending."""
    names: set[str] = set()
    stems: dict[str, int] = {}
    for file in collection.files:
        inside = "/".join([*collection.folders(file), file.name])
        names.update((file.path, inside, file.name))
        stems[file.stem] = stems.get(file.stem, 0) + 1
    return names | {stem for stem, count in stems.items() if count == 1}


def _may_name_files(column: dict[str, Any]) -> bool:
    if column["kind"] == "integer":
        return int(column["distinct"]) > 10
    text = column["text"]
    return text is not None and int(text["maxCharacters"]) <= PATH_CHARACTERS and int(column["distinct"]) > 1


def _normalised(expression: str) -> str:
    return f"regexp_replace(replace({expression}, {quoted(chr(92))}, '/'), '^(\\./|/)', '')"


def _any_matches(database: Database, one: Measured, column: dict[str, Any], names: set[str]) -> bool:
    cell = f"c{column['index']}"
    some = (
        f"SELECT {cell} FROM {database.view(one.table.stored, [column['index']])} WHERE {cell} IS NOT NULL LIMIT 2000"
    )
    rows = database.rows(f"SELECT DISTINCT {_normalised(cell)} FROM ({some}) LIMIT {PROBED_VALUES}")
    return any(row[0] in names or _tail(row[0]) in names for row in rows)


def _tail(value: str) -> str:
    return value.rsplit("/", 1)[-1]


def _matched(database: Database, one: Measured, column: dict[str, Any], stored: str) -> int:
    cell = f"c{column['index']}"
    value = _normalised(cell)
    tail = f"regexp_extract({value}, '[^/]*$')"
    known = f"(SELECT c0 FROM {stored})"
    view = database.view(one.table.stored, [column["index"]])
    named = f"{cell} IS NOT NULL AND ({value} IN {known} OR {tail} IN {known})"
    return int(database.one(f"SELECT count(*) FROM {view} WHERE {named}")[0])


def _several(database: Database, one: Measured, path: dict[str, Any], column: dict[str, Any]) -> int:
    """Files with more than one value of the column: boxes around cells of several kinds, for instance."""
    if path["distinct"] == one.table.rows:
        return 0
    name, value = f"c{path['index']}", f"c{column['index']}"
    view = database.view(one.table.stored, [path["index"], column["index"]])
    groups = f"SELECT 1 FROM {view} WHERE {name} IS NOT NULL GROUP BY {name} HAVING count(DISTINCT {value}) > 1"
    return int(database.one(f"SELECT count(*) FROM ({groups})")[0])


def _labels(database: Database, one: Measured, path: dict[str, Any]) -> list[dict[str, Any]]:
    sources: list[dict[str, Any]] = []
    for column in one.profile["columns"]:
        classes = column["distinct"]
        if column is path or column["kind"] not in LABEL_KINDS or not 2 <= classes <= MAX_CLASSES:
            continue
        if classes * ROWS_PER_CLASS > one.table.rows or (column["text"] and column["text"]["meanCharacters"] > 60):
            continue
        if _several(database, one, path, column) > SEVERAL_SHARE * path["distinct"]:
            continue
        cell = f"c{column['index']}"
        codes = ", ".join(quoted(str(code["value"])) for code in column["missingCodes"])
        present = f"{cell} IS NOT NULL{f' AND {cell} NOT IN ({codes})' if codes else ''}"
        view = database.view(one.table.stored, [column["index"]])
        rows = database.rows(f"SELECT {cell}, count(*) AS n FROM {view} WHERE {present} GROUP BY 1 ORDER BY n DESC, 1")
        sources.append(
            {
                "from": "table",
                "table": one.table.id,
                "pathColumn": path["name"],
                "column": column["name"],
                "classes": [{"label": label, "count": int(count)} for label, count in rows],
            }
        )
        if len(sources) >= LABEL_COLUMNS:
            break
    return sources
