"""Text files that speak about the data: README, LICENSE, data dictionaries."""

from pathlib import Path

from forge_runtime.dataset.files import File

MAX_CHARACTERS = 20_000
MAX_DOCUMENTS = 10


def documents_of(root: Path, files: list[File]) -> list[dict[str, str]]:
    """The first documents as text, bounded; unreadable ones are left out."""
    found: list[dict[str, str]] = []
    for file in sorted(files, key=lambda file: (file.path.count("/"), file.path)):
        suffix = Path(file.path).suffix.lower()
        if (
            file.kind not in {"document", "licence", "text"}
            or suffix in {".pdf", ".html"}
            or len(found) >= MAX_DOCUMENTS
        ):
            continue
        path = root if root.is_file() else root / file.path
        try:
            with path.open("rb") as handle:
                text = handle.read(4 * MAX_CHARACTERS).decode("utf-8", errors="replace")
        except OSError:
            continue
        name = Path(file.path).name.lower()
        kind = "licence" if file.kind == "licence" else "readme" if name.startswith("readme") else "other"
        found.append({"path": file.path, "kind": kind, "text": text.replace("\0", "")[:MAX_CHARACTERS]})
    return found
