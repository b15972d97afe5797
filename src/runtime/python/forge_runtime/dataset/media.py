"""Profiles of the media collections of a dataset."""

from collections import Counter, defaultdict
from typing import Any

from forge_runtime.dataset.database import Database
from forge_runtime.dataset.inventory import DataFile
from forge_runtime.dataset.media_contents import CONTENTS, LISTED_BROKEN, hold_prose
from forge_runtime.dataset.media_files import (
    MIN_FILES,
    Collection,
    count_duplicates,
    group_collections,
    media_kind,
    parts,
)
from forge_runtime.dataset.media_labels import folder_labels, name_labels
from forge_runtime.dataset.media_tables import link_tables
from forge_runtime.dataset.problems import Problems
from forge_runtime.dataset.relations import Measured

TOLD_BROKEN = 5


def find_collections(files: list[DataFile], problems: Problems) -> list[Collection]:
    """Groups media files; too few of a kind are told and left out."""
    by_kind: dict[str, list[DataFile]] = defaultdict(list)
    for file in files:
        kind = media_kind(file)
        if kind is not None:
            by_kind[kind].append(file)
    if by_kind["text"] and not hold_prose(by_kind["text"]):
        del by_kind["text"]  # tables under the name .txt
    collections: list[Collection] = []
    for kind in ("image", "audio", "text"):
        if 0 < len(by_kind[kind]) < MIN_FILES[kind] and kind != "text":
            message = f"{len(by_kind[kind])} {kind} files are too few for a collection."
            problems.add("FEW_MEDIA", by_kind[kind][0].path, message, "Add more files, or ignore this.")
        else:
            collections += group_collections(kind, by_kind[kind])
    return collections


def profile_collection(
    collection: Collection, database: Database, measured: list[Measured], problems: Problems
) -> dict[str, Any]:
    """One media profile as profile.ts asks for it."""
    contents, broken = CONTENTS[collection.kind](collection.files)
    for path, problem in broken[:TOLD_BROKEN]:
        problems.add(
            "BROKEN_MEDIA", path, f"The {collection.kind} {problem}.", "Replace or remove the file; it is left out."
        )
    folders = folder_labels(collection)
    names = name_labels(collection, folders)
    tables = link_tables(database, measured, collection)
    extensions = Counter(file.extension for file in collection.files)
    return {
        "id": collection.root,
        "kind": collection.kind,
        "count": len(collection.files),
        "bytes": sum(file.size for file in collection.files),
        "extensions": [
            {"extension": extension, "count": count}
            for extension, count in sorted(extensions.items(), key=lambda item: (-item[1], item[0]))
        ],
        "labels": [*tables, *folders, *names],
        "broken": [{"path": path, "problem": problem} for path, problem in broken[:LISTED_BROKEN]],
        "brokenCount": len(broken),
        "duplicates": count_duplicates(collection.files),
        "image": contents if collection.kind == "image" else None,
        "audio": contents if collection.kind == "audio" else None,
        "text": contents if collection.kind == "text" else None,
        "parts": parts(collection),
    }
