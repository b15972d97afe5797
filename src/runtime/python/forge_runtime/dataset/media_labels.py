"""Where the labels of media files can be read: folders, file names, or a table."""

import re
from collections import Counter
from typing import Any

from forge_runtime.dataset.tables import PARTS

PATTERNS = [
    r"^([A-Za-z]+)[_\-. ]",
    r"^([A-Za-z]+)\d",
    r"[_\-. ]([A-Za-z]+)$",
    r"^([^_]+)_",
    r"_([^_]+)$",
    r"^([^-]+)-",
    r"-([^-]+)$",
]
MAX_CLASSES = 200
LEARNABLE = 8
"""A class with fewer files than this cannot be learnt and scored."""

LabelSource = dict[str, Any]


def _classes(labels: list[str]) -> list[dict[str, Any]]:
    counts = Counter(labels)
    return [
        {"label": label, "count": count}
        for label, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _worth(labels: list[str]) -> float:
    """Share of the files whose class is large enough; 0 when there are too few or too many classes."""
    counts = Counter(labels)
    large = [count for count in counts.values() if count >= LEARNABLE]
    if len(large) < 2 or len(counts) > MAX_CLASSES or len(counts) > len(labels) / 3:
        return 0.0
    return sum(large) / len(labels)


def folder_labels(paths: list[str]) -> list[LabelSource]:
    """Folders below the collection's root; folders that name the part of a split are no labels."""
    found = []
    split = [path.split("/")[:-1] for path in paths]
    for level in range(1, min((len(parts) for parts in split), default=0) + 1):
        labels = [parts[level - 1] for parts in split]
        if {label.lower() for label in labels} <= set(PARTS) or _worth(labels) < 0.5:
            continue
        found.append({"from": "folder", "level": level, "classes": _classes(labels)})
    return found


def name_labels(paths: list[str]) -> list[LabelSource]:
    """Patterns on the file name without its extension, best first; patterns that say the same count once."""
    stems = [re.sub(r"\.[^.]*$", "", path.rsplit("/", 1)[-1]) for path in paths]
    ranked: list[tuple[float, LabelSource]] = []
    seen: set[tuple[str, ...]] = set()
    for pattern in PATTERNS:
        labels = [match.group(1) if (match := re.search(pattern, stem)) else "" for stem in stems]
        if "" in labels and labels.count("") > 0.05 * len(labels):
            continue
        if all(re.fullmatch(r"\d+", label) for label in labels) or tuple(labels) in seen:
            continue
        seen.add(tuple(labels))
        worth = _worth([label for label in labels if label])
        if worth >= 0.5:
            ranked.append(
                (worth, {"from": "name", "pattern": pattern, "classes": _classes([label for label in labels if label])})
            )
    return [source for _, source in sorted(ranked, key=lambda item: -item[0])][:3]
