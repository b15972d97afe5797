"""Cheating solvers that reach out of their folder: for the answers, for the grader, and by what they submit."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import sysconfig
from pathlib import Path
from typing import Any

from forge_runtime.sandbox.mounts import interpreter_folders

Json = dict[str, Any]

# One byte more than a submission may have; sparse, so it takes no room on the disk.
SPARSE = 1_000_000_001
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin")
UNREAL = ("/proc", "/sys", "/dev")
MAX_LOOT = 40
LOOT_BYTES = 8_000_000
# What a later interpreter would run by itself, or import in place of the real thing.
PLANTED = (
    "metric.py", "sitecustomize.py", "usercustomize.py", "conftest.py", "pandas.py", "numpy.py", "math.py", "x.pth",
    "__pycache__/metric.cpython-311.pyc", "forge_runtime/__init__.py", "pyvenv.cfg", "task.json",
)  # fmt: skip


def special_files(work: Path) -> list[Json]:
    """Things that are no submission, each under `special/` in the work folder, with what it is."""
    folder = work / "special"
    folder.mkdir()
    (folder / "directory").mkdir()
    made = {"directory": "a folder"}
    links = {
        "link-to-answers": ("../../private/test_answer.csv", "a link to where the answers may be"),
        "link-to-mount": ("/mnt/package/data/private/test_answer.csv", "a link to the answers of the grader's mount"),
        "link-to-system": ("/etc/passwd", "a link to a file of the system"),
        "link-to-device": ("/dev/zero", "a link to an endless device"),
        "link-to-itself": ("link-to-itself", "a link to itself"),
        "link-to-memory": ("/proc/self/environ", "a link to the environment of whoever reads it"),
    }
    for name, (target, told) in links.items():
        with contextlib.suppress(OSError):
            (folder / name).symlink_to(target)
            made[name] = told
    with contextlib.suppress(OSError, AttributeError):
        os.mkfifo(folder / "pipe")
        made["pipe"] = "a named pipe that nobody writes to"
    with contextlib.suppress(OSError, AttributeError), socket.socket(socket.AF_UNIX) as listener:
        listener.bind("special/socket")
        made["socket"] = "a socket"
    with contextlib.suppress(OSError), (folder / "sparse").open("wb") as stream:
        stream.truncate(SPARSE)
        made["sparse"] = f"an empty file of {SPARSE} bytes"
    return [{"name": name, "told": told} for name, told in made.items()]


def tamper(public: Path, work: Path) -> list[str]:
    """Plants files for the grader to fall for beside a submission, and tries to open what others will run. Returns the
    places outside its own folder that it could have changed; nothing is changed there."""
    beside = work / "beside"
    for name in PLANTED:
        (beside / name).parent.mkdir(parents=True, exist_ok=True)
        (beside / name).write_text("raise SystemExit('planted')\n")
    purelib, stdlib = sysconfig.get_path("purelib"), sysconfig.get_path("stdlib")
    half = str(Path(__file__).parents[1])
    folders = [str(public), str(public.parent), purelib, stdlib, half, "/etc", "/usr/bin", "/bin", "/"]
    files = [*public.glob("*.csv"), Path(__file__), Path(half, "package.py"), Path(purelib, "pandas", "__init__.py")]
    files += [Path(purelib, "pandas", "__pycache__").joinpath(f"__init__.{sys.implementation.cache_tag}.pyc")]
    open_to_change = [str(file) for file in files if _can(file, os.O_WRONLY | os.O_APPEND)]
    for folder in folders:
        place = Path(folder, "sitecustomize.pth")
        if not place.exists() and _can(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL):
            place.unlink()
            open_to_change.append(folder)
    return open_to_change


def _can(file: Path, flags: int) -> bool:
    try:
        os.close(os.open(file, flags))
    except OSError:
        return False
    return True


def prowl(public: Path, work: Path, wanted: list[str]) -> Json:
    """Walks everything it can see and takes copies, in `loot/`, of what may hold answers: every file that is neither
    public nor part of the system or of Python, and whatever lies where the machine keeps the files `wanted`."""
    loot = work / "loot"
    loot.mkdir()
    passed = {*UNREAL, *SYSTEM, *interpreter_folders(), str(Path(__file__).parents[2]), str(public), str(work)}
    seen = 0
    taken: list[str] = []
    for path in wanted:
        if _take(path, loot, len(taken)):
            taken.append(path)
    pending = ["/"]
    while pending:
        with contextlib.suppress(OSError), os.scandir(pending.pop()) as entries:
            for entry in entries:
                seen += 1
                if entry.is_dir(follow_symlinks=False):
                    if entry.path not in passed:
                        pending.append(entry.path)
                elif entry.is_file(follow_symlinks=False) and _take(entry.path, loot, len(taken)):
                    taken.append(entry.path)
    return {"seen": seen, "taken": taken}


def _take(path: str, loot: Path, number: int) -> bool:
    if number >= MAX_LOOT:
        return False
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    with os.fdopen(descriptor, "rb") as stream:
        try:
            content = stream.read(LOOT_BYTES)
        except OSError:
            return False
    (loot / f"{number}").write_bytes(content)
    return True
