"""Profiles collections of images, sounds and text files: sizes, broken files, labels, parts."""

import hashlib
import os
import statistics
import warnings
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import soundfile
from PIL import Image, UnidentifiedImageError

from forge_runtime.dataset.files import File
from forge_runtime.dataset.media_labels import folder_labels, name_labels
from forge_runtime.dataset.problems import Problems
from forge_runtime.dataset.tables import PARTS

SMALLEST = {"image": 10, "audio": 10, "text": 20}
"""Fewer files than this are illustrations, not a collection."""
MAX_DECODED_BYTES = 400 << 20
MAX_BROKEN = 50

Facts = dict[str, Any]


def collections_of(root: Path, files: list[File], problems: Problems) -> list[Facts]:
    """One MediaProfile of src/dataset/profile.ts per kind of media."""
    found = []
    for kind in ("image", "audio", "text"):
        members = [file for file in files if file.kind == kind]
        if len(members) >= SMALLEST[kind] and root.is_dir():
            found.append(_profile(root, kind, members, problems))
    return found


def _profile(root: Path, kind: str, members: list[File], problems: Problems) -> Facts:
    home = (
        os.path.commonpath([os.path.dirname(file.path) or "." for file in members])
        if all("/" in file.path for file in members)
        else ""
    )
    home = "" if home == "." else home
    paths = [file.path[len(home) + 1 :] if home else file.path for file in members]
    broken: list[dict[str, str]] = []
    hashes: Counter[str] = Counter()
    measured: list[Facts] = []
    budget = MAX_DECODED_BYTES
    for file in members:
        budget -= file.bytes
        try:
            measured.append(_measure(root / file.path, kind, decode=budget > 0))
            if budget > 0:
                hashes[hashlib.sha256((root / file.path).read_bytes()).hexdigest()] += 1
        except (
            OSError,
            RuntimeError,
            SyntaxError,
            ValueError,
            UnidentifiedImageError,
            Image.DecompressionBombError,
        ) as error:
            broken.append(
                {"path": file.path, "problem": str(error).replace(str(root), "").strip()[:200] or type(error).__name__}
            )
            problems.add(
                "BROKEN_MEDIA",
                file.path,
                f"The {kind} file cannot be decoded ({type(error).__name__}).",
                "Replace or remove it; it is left out of tasks.",
            )
    bad = {entry["path"] for entry in broken}
    good = [path for path, file in zip(paths, members, strict=True) if file.path not in bad]
    extensions = Counter(Path(file.path).suffix.lower() for file in members)
    facts: Facts = {
        "id": home,
        "kind": kind,
        "count": len(members),
        "bytes": sum(file.bytes for file in members),
        "extensions": [{"extension": extension, "count": count} for extension, count in extensions.most_common()],
        "labels": [*folder_labels(good), *name_labels(good)],
        "broken": broken[:MAX_BROKEN],
        "brokenCount": len(broken),
        "duplicates": sum(count - 1 for count in hashes.values()),
        "image": None,
        "audio": None,
        "text": None,
        "parts": _parts(good),
    }
    if measured:
        facts[kind] = _summary(kind, measured)
    return facts


def _measure(path: Path, kind: str, *, decode: bool) -> Facts:
    if kind == "image":
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                size, mode = image.size, image.mode
                if decode:
                    image.draft(
                        "L", (64, 64)
                    )  # a JPEG decodes much faster at a reduced size; a truncated one still fails
                    image.load()
        return {"width": size[0], "height": size[1], "mode": mode}
    if kind == "audio":
        info = soundfile.info(str(path))
        if info.frames == 0:
            raise ValueError("it holds no samples")
        return {"seconds": info.frames / info.samplerate, "rate": info.samplerate, "channels": info.channels}
    text = path.read_bytes()
    try:
        return {"characters": len(text.decode("utf-8")), "encoding": "utf-8"}
    except UnicodeDecodeError:
        return {"characters": len(text), "encoding": "cp1252"}


def _range(values: list[float]) -> Facts:
    return {"minimum": min(values), "median": statistics.median(values), "maximum": max(values)}


def _counted(values: list[Any], key: str) -> list[Facts]:
    return [{key: value, "count": count} for value, count in Counter(values).most_common(10)]


def _summary(kind: str, measured: list[Facts]) -> Facts:
    def column(name: str) -> list[Any]:
        return [facts[name] for facts in measured]

    if kind == "image":
        sizes = [f"{facts['width']}x{facts['height']}" for facts in measured]
        return {
            "width": _range(column("width")),
            "height": _range(column("height")),
            "modes": _counted(column("mode"), "mode"),
            "sizes": _counted(sizes, "size"),
        }
    if kind == "audio":
        return {
            "seconds": _range(column("seconds")),
            "sampleRates": _counted(column("rate"), "rate"),
            "channels": _counted(column("channels"), "channels"),
        }
    return {"characters": _range(column("characters")), "encoding": Counter(column("encoding")).most_common(1)[0][0]}


def _parts(paths: list[str]) -> list[Facts]:
    """Folders named train, validation or test."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for path in paths:
        folders = path.split("/")[:-1]
        for depth, name in enumerate(folders):
            if name.lower() in PARTS:
                counts[PARTS[name.lower()], "/".join(folders[: depth + 1])] += 1
                break
    parts = [{"part": part, "folder": folder, "count": count} for (part, folder), count in sorted(counts.items())]
    return parts if {entry["part"] for entry in parts} >= {"train", "test"} else []


def connect_tables(tables: list[Facts], collections: list[Facts], files: list[File], values: Any) -> None:
    """Finds columns that name media files, and offers the other columns of their tables as labels.

    `values(table number, column index)` gives the different values of a column.
    """
    for collection in collections:
        names = {file.path.rsplit("/", 1)[-1] for file in files if file.kind == collection["kind"]}
        known = names | {os.path.splitext(name)[0] for name in names}
        for number, table in enumerate(tables):
            for column in table["columns"]:
                sample = [entry["value"].rsplit("/", 1)[-1] for entry in column["top"]]
                if (
                    column["distinct"] < SMALLEST["image"]
                    or not sample
                    or sum(value in known for value in sample) < 0.8 * len(sample)
                ):
                    continue
                matched = sum(value.rsplit("/", 1)[-1] in known for value in values(number, column["index"]))
                if matched < 0.5 * min(len(names), column["distinct"]):
                    continue
                column["mediaPaths"] = {"collection": collection["id"], "matched": matched}
                collection["labels"][:0] = _table_labels(table, column["name"])


def _table_labels(table: Facts, path_column: str) -> list[Facts]:
    found = []
    for column in table["columns"]:
        if column["name"] == path_column or column["kind"] == "number" or not 2 <= column["distinct"] <= 50:
            continue
        classes = [{"label": entry["value"], "count": entry["count"]} for entry in column["top"]]
        found.append(
            {
                "from": "table",
                "table": table["id"],
                "pathColumn": path_column,
                "column": column["name"],
                "classes": classes,
            }
        )
    return found
