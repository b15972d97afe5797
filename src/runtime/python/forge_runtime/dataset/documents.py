"""Files that speak about the data: read-me, licence, data dictionary."""

import re
from typing import Any

from forge_runtime.dataset.encoding import is_binary
from forge_runtime.dataset.inventory import DataFile

MAX_CHARACTERS = 20_000
MAX_DOCUMENTS = 30
README = re.compile(r"^(readme|read_me|about|description|datasheet|dataset_card)", re.IGNORECASE)
LICENCE = re.compile(r"^(licen[sc]e|copying|copyright|terms|notice)", re.IGNORECASE)
DICTIONARY = re.compile(
    r"(dictionary|codebook|metadata|data_?desc|variables|attributes|columns|features|schema|citation|changelog|names?)$",
    re.IGNORECASE,
)
PROSE = frozenset({".md", ".rst", ".html", ".htm", ".bib", ".cff", ".adoc", ".tex"})
TEXT = frozenset({".txt", ".text", ".names", ".info", ""})


def document_kind(file: DataFile) -> str | None:
    """`readme`, `licence` or `other`; None when the name does not tell a document."""
    if file.extension not in PROSE | TEXT:
        return None
    if LICENCE.match(file.stem):
        return "licence"
    if README.match(file.stem):
        return "readme"
    if file.extension in PROSE or file.extension in (".names", ".info") or DICTIONARY.search(file.stem):
        return "other"
    return None


def read_document(file: DataFile, kind: str) -> dict[str, Any] | None:
    """The text of a document, cut at 20 000 characters; None when it is not text."""
    with file.location.open("rb") as stream:
        head = stream.read(MAX_CHARACTERS * 4)
    if is_binary(head):
        return None
    text = decoded(head, file.size)
    return {"path": file.path, "kind": kind, "text": text[:MAX_CHARACTERS].replace("\r\n", "\n")}


def decoded(head: bytes, size: int) -> str:
    """The beginning of a file of `size` bytes as text: UTF-8, else Windows' Western European."""
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Reading may have stopped within a character.
        if len(head) < size and error.start > len(head) - 4:
            return head[: error.start].decode("utf-8-sig")
        return head.decode("cp1252", "replace")
