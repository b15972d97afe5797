"""Which files form collections of images, sounds or texts."""

import hashlib
import os.path
from collections import Counter, defaultdict
from dataclasses import dataclass

from forge_runtime.dataset.inventory import DataFile

IMAGES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm", ".pgm"})
AUDIO = frozenset({".wav", ".flac", ".ogg", ".oga", ".mp3", ".aif", ".aiff", ".opus", ".au"})
TEXTS = frozenset({".txt", ".text"})
UNREAD = {
    ".m4a": "Convert the sound to WAV, FLAC or MP3.",
    ".aac": "Convert the sound to WAV, FLAC or MP3.",
    ".wma": "Convert the sound to WAV, FLAC or MP3.",
    ".mp4": "Videos are not read; extract frames or sound.",
    ".avi": "Videos are not read; extract frames or sound.",
    ".mov": "Videos are not read; extract frames or sound.",
    ".mkv": "Videos are not read; extract frames or sound.",
    ".heic": "Convert the image to JPEG or PNG.",
    ".svg": "Convert the drawing to PNG.",
    ".dcm": "Convert the image to PNG.",
    ".nii": "Convert the volume to PNG slices.",
}
# Fewer files are illustrations of a table or of a read-me, not a collection.
MIN_FILES = {"image": 5, "audio": 5, "text": 10}
PART_NAMES = {
    "train": "train", "training": "train", "trn": "train",
    "val": "validation", "valid": "validation", "validation": "validation", "dev": "validation",
    "test": "test", "testing": "test", "tst": "test", "eval": "test", "evaluation": "test",
}  # fmt: skip
# Pictures that describe other pictures are a collection of their own.
MASK_FOLDERS = frozenset(
    {
        "mask",
        "masks",
        "annotation",
        "annotations",
        "segmentation",
        "segmentations",
        "seg",
        "gt",
        "ground_truth",
        "groundtruth",
    }
)
DUPLICATE_CHUNK = 1 << 20


@dataclass(frozen=True)
class Collection:
    """Files of one kind below one folder."""

    kind: str
    root: str
    """Relative to the dataset; empty for the dataset folder."""
    files: list[DataFile]

    def folders(self, file: DataFile) -> list[str]:
        """Names of the folders between the root and the file."""
        depth = len(self.root.split("/")) if self.root else 0
        return file.folders[depth:]

    def part(self, file: DataFile) -> str | None:
        """Official part that a folder's name states."""
        return next((PART_NAMES[f.lower()] for f in self.folders(file) if f.lower() in PART_NAMES), None)


def part_of_name(name: str) -> str | None:
    """Official part that a file name states (`train.csv`, `X_test.parquet`); None when it states none or several."""
    words = {PART_NAMES[word] for word in _words(name) if word in PART_NAMES}
    return words.pop() if len(words) == 1 else None


def media_kind(file: DataFile) -> str | None:
    """`image`, `audio` or `text` by the file's ending."""
    if file.extension in IMAGES:
        return "image"
    if file.extension in AUDIO:
        return "audio"
    return "text" if file.extension in TEXTS else None


def group_collections(kind: str, files: list[DataFile]) -> list[Collection]:
    """One collection below the deepest common folder; masks apart from the pictures they describe."""
    apart: dict[bool, list[DataFile]] = defaultdict(list)
    for file in files:
        apart[any(folder.lower() in MASK_FOLDERS for folder in file.folders)].append(file)
    groups = [group for group in (apart[False], apart[True]) if len(group) >= MIN_FILES[kind]]
    return [Collection(kind, _common_folder(group), group) for group in groups]


def parts(collection: Collection) -> list[dict[str, object]]:
    """Official parts with their folders, relative to the collection."""
    found: Counter[tuple[str, str]] = Counter()
    for file in collection.files:
        folders = collection.folders(file)
        for level, folder in enumerate(folders):
            if folder.lower() in PART_NAMES:
                found[PART_NAMES[folder.lower()], "/".join(folders[: level + 1])] += 1
                break
    return [{"part": part, "folder": folder, "count": count} for (part, folder), count in sorted(found.items())]


def count_duplicates(files: list[DataFile]) -> int:
    """Files whose bytes repeat an earlier file's. Only files of equal size are read."""
    by_size: dict[int, list[DataFile]] = defaultdict(list)
    for file in files:
        by_size[file.size].append(file)
    repeated = 0
    for same in by_size.values():
        if len(same) > 1:
            repeated += len(same) - len({_digest(file) for file in same})
    return repeated


def _digest(file: DataFile) -> bytes:
    digest = hashlib.blake2b()
    with file.location.open("rb") as stream:
        while chunk := stream.read(DUPLICATE_CHUNK):
            digest.update(chunk)
    return digest.digest()


def _common_folder(files: list[DataFile]) -> str:
    return os.path.commonpath(["/".join(["", *file.folders]) or "/" for file in files]).strip("/")


def _words(name: str) -> list[str]:
    stem = name.rsplit(".", 1)[0] if "." in name else name
    return [word for word in stem.lower().replace("-", "_").replace(".", "_").replace(" ", "_").split("_") if word]
