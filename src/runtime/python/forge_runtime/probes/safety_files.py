"""Files by what they are, not by what they are called: archives, programs, pickles, and names that mislead."""

from __future__ import annotations

import stat
import unicodedata
from collections import defaultdict
from pathlib import Path, PurePosixPath
from typing import Any

from forge_runtime.probes.safety_code import unseen

Json = dict[str, Any]

# Beyond, media folders alone are that large, and their files are opened by the checks of the media.
MAX_OPENED = 5_000
HEAD = 300
MAGIC = [
    (b"PK\x03\x04", "archive", "a zip archive"),
    (b"\x1f\x8b", "archive", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "a 7z archive"),
    (b"Rar!", "archive", "a rar archive"),
    (b"BZh", "archive", "a bzip2 archive"),
    (b"\xfd7zXZ", "archive", "an xz archive"),
    (b"\x7fELF", "program", "a Linux program"),
    (b"MZ", "program", "a Windows program"),
    (b"\xcf\xfa\xed\xfe", "program", "a macOS program"),
    (b"\xca\xfe\xba\xbe", "program", "a Java or macOS program"),
    (b"#!", "program", "a script that a shell would run"),
]
PICKLES = {".pkl", ".pickle", ".joblib", ".pt", ".pth", ".dill"}
SELF_RUNNING = {"sitecustomize.py", "usercustomize.py", "conftest.py", "setup.py", "__init__.py", "pyvenv.cfg"}
SELF_RUNNING_SUFFIXES = {".pyc", ".pyd", ".so", ".dll", ".dylib", ".pth"}
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
FORBIDDEN = set('<>:"|?*\\')
LONG_NAME = 200


def read_entries(package: Path, files: list[str]) -> list[Json]:
    """Files with something to say, each with `kind` and `what`."""
    found: list[Json] = []
    seen: dict[str, list[str]] = defaultdict(list)
    for number, name in enumerate(files):
        path = package / name
        seen[name.casefold()].append(name)
        found += [{"file": name, "kind": kind, "what": what} for kind, what in _named(PurePosixPath(name))]
        try:
            mode = path.stat().st_mode
            head = _head(path) if number < MAX_OPENED else b""
        except OSError:
            continue
        if mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH):
            found.append({"file": name, "kind": "executable", "what": "may be run as a program"})
        content = _content(path, head)
        # A Python script may start with its interpreter; elsewhere such a line means that someone wants it run.
        if content and not (content[1].startswith("a script") and path.suffix == ".py"):
            found.append({"file": name, "kind": content[0], "what": content[1]})
    for names in seen.values():
        found += [{"file": name, "kind": "name", "what": f"differs from {names[0]} in case only"} for name in names[1:]]
    return found


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(HEAD)


def _content(path: Path, head: bytes) -> tuple[str, str] | None:
    for magic, kind, told in MAGIC:
        if head.startswith(magic):
            return kind, told
    if head[257:262] == b"ustar":
        return "archive", "a tar archive"
    if path.suffix.lower() in PICKLES or (head[:1] == b"\x80" and head[1:2] in {b"\x02", b"\x03", b"\x04", b"\x05"}):
        return "pickle", "a pickle, which runs code when it is loaded"
    if head.startswith(b"\x93NUMPY") and b"|O" in head:
        return "pickle", "an array of objects, which runs code when it is loaded"
    return None


def _named(path: PurePosixPath) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    if path.name in SELF_RUNNING or path.suffix in SELF_RUNNING_SUFFIXES or "__pycache__" in path.parts:
        told.append(("self-running", "is run by Python or its tools without being asked for"))
    for part in path.parts:
        reason = _odd(part)
        if reason:
            told.append(("name", reason))
            break
    return told


def _odd(name: str) -> str | None:
    reasons = [
        (any(unicodedata.category(c) in {"Cc", "Cs"} or unseen(c) for c in name), "has a name with unseen characters"),
        (name != name.strip(" .") and not name.startswith("."), "has a name with a blank or dot at its end"),
        (name.startswith("-"), "has a name that programs take for an option"),
        (name.startswith("."), "has a name that folders do not show"),
        (bool(FORBIDDEN & set(name)), "has a name that Windows refuses"),
        (name.split(".", 1)[0].lower() in RESERVED, "has the name of a device on Windows"),
        (unicodedata.normalize("NFC", name) != name, "has a name that is spelt otherwise on other systems"),
        (len(name.encode()) > LONG_NAME, "has a name longer than archives allow"),
    ]
    return next((told for holds, told in reasons if holds), None)
