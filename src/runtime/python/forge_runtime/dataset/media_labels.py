"""Where the label of a media file may be written: in a folder's name, in the file's name."""

import re
from collections import Counter
from typing import Any

from forge_runtime.dataset.media_files import PART_NAMES, Collection

# A name part is a label only where its values repeat: otherwise it is a number or a title.
MIN_COVERAGE = 0.9
REPEATS = 5
SMALL_COLLECTION = 50  # below this, two files make a class
REPEATED_SHARE = 0.6
FILES_PER_CLASS = 3
MAX_SHARE = 0.98
MAX_CLASSES = 2_000
# Whole numbers without large gaps are a running number when there are more of them, or when they are padded (`007`).
COUNTER_CLASSES = 20
NAME_SOURCES = 4
SEPARATORS = ("_", "-", " ", ".")


def folder_labels(collection: Collection) -> list[dict[str, Any]]:
    """Folder levels whose names classify the files; the deepest first, since outer folders often name parts."""
    sources = []
    paths = [(collection.folders(file), collection.part(file)) for file in collection.files]
    has_train = any(part == "train" for _, part in paths)
    depth = max((len(folders) for folders, _ in paths), default=0)
    for level in range(depth, 0, -1):
        told = [folders[level - 1] for folders, _ in paths if len(folders) >= level]
        if told and all(name.lower() in PART_NAMES for name in told):
            continue
        # A test part without class folders takes nothing away from the labels of the other parts.
        expected = sum(1 for _, part in paths if not (has_train and part == "test"))
        classes = Counter(told)
        if len(told) >= MIN_COVERAGE * expected and _classifies(classes, minimum=2):
            sources.append({"from": "folder", "level": level, "classes": _listed(classes)})
    return sources


def name_labels(collection: Collection, folder_sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Parts of the file name that repeat enough to be classes, the most word-like first."""
    stems = [file.stem for file in collection.files]
    known = {
        _partition([collection.folders(f)[s["level"] - 1 : s["level"]] for f in collection.files])
        for s in folder_sources
    }
    minimum = 2 if len(stems) < SMALL_COLLECTION else REPEATS
    ranked: list[tuple[float, int, dict[str, Any]]] = []
    for position, pattern in enumerate(_patterns(stems)):
        compiled = re.compile(pattern)
        labels = [found.group(1) if (found := compiled.search(stem)) else None for stem in stems]
        told = [label for label in labels if label is not None]
        classes = Counter(told)
        if len(told) < MIN_COVERAGE * len(stems) or not _classifies(classes, minimum) or _is_counter(classes):
            continue
        partition = _partition(labels)
        if partition in known:
            continue
        known.add(partition)
        wordy = sum(count for label, count in classes.items() if re.search(r"[^\W\d_]{2}", label)) / len(told)
        ranked.append((-round(wordy, 2), position, {"from": "name", "pattern": pattern, "classes": _listed(classes)}))
    return [source for _, _, source in sorted(ranked, key=lambda item: item[:2])][:NAME_SOURCES]


def _patterns(stems: list[str]) -> list[str]:
    patterns = []
    for separator in SEPARATORS:
        if sum(separator in stem for stem in stems) < MIN_COVERAGE * len(stems):
            continue
        mark = re.escape(separator)
        other = f"[^{mark}]+"
        patterns.append(f"^({other}){mark}")
        patterns.append(f"{mark}({other})$")
        patterns += [f"^(?:{other}{mark}){{{skip}}}({other})(?:{mark}|$)" for skip in range(1, 5)]
    return [*patterns, r"^([A-Za-z]+)[ _-]?\(?\d", r"\d[ _-]?([A-Za-z]+)$"]


def _classifies(classes: "Counter[str]", minimum: int) -> bool:
    total = sum(classes.values())
    if not 2 <= len(classes) <= MAX_CLASSES or len(classes) * FILES_PER_CLASS > total:
        return False
    repeated = sum(count for count in classes.values() if count >= minimum)
    return repeated >= REPEATED_SHARE * total and max(classes.values()) <= MAX_SHARE * total


def _is_counter(classes: "Counter[str]") -> bool:
    if not all(label.isdigit() for label in classes):
        return False
    padded = any(label.startswith("0") and len(label) > 1 for label in classes)
    numbers = sorted(int(label) for label in classes)
    return (padded or len(classes) > COUNTER_CLASSES) and numbers[-1] - numbers[0] <= 2 * len(numbers)


def _partition(labels: "list[Any]") -> tuple[int, ...]:
    """Which files share a label, whatever the label is called."""
    seen: dict[str, int] = {}
    return tuple(seen.setdefault(str(label), len(seen)) for label in labels)


def _listed(classes: "Counter[str]") -> list[dict[str, Any]]:
    return [
        {"label": label, "count": count}
        for label, count in sorted(classes.items(), key=lambda item: (-item[1], item[0]))
    ]
