"""Inside the job's own process: calls the job function and turns whatever happens into one JSON envelope."""

from __future__ import annotations

import errno
import importlib
import json
import os
import random
import sys
import sysconfig
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

_MESSAGE_CHARACTERS = 4000
_TYPE_CHARACTERS = 200
_FRAMES = 30
# A fixed start for code that forgets to seed; a job that wants another sets it itself.
_SEED = 0


def job_environment(home: str, hash_seed: str) -> dict[str, str]:
    """The whole environment of a job: nothing is inherited, caches go to its temporary folder, one thread each."""
    return {
        "HOME": home,
        "TMPDIR": home,
        "TEMP": home,
        "TMP": home,
        "XDG_CACHE_HOME": home,
        "XDG_CONFIG_HOME": home,
        "MPLCONFIGDIR": home,
        "NUMBA_CACHE_DIR": home,
        "JOBLIB_TEMP_FOLDER": home,
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": hash_seed,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "NUMEXPR_NUM_THREADS": "1",
        "LOKY_MAX_CPU_COUNT": "1",
    }


def run_job(name: str, args: Any, paths: Mapping[str, str]) -> bytes:
    """Runs `forge_runtime.<name>.run(args, paths)`; never raises, whatever the job throws."""
    places = {mount: Path(path) for mount, path in paths.items()}
    try:
        _reseed()
        module = importlib.import_module(f"forge_runtime.{name}")
        value = module.run(args, places)
        return json.dumps({"kind": "done", "value": value}, allow_nan=False, default=_plain).encode()
    except BaseException as error:  # noqa: BLE001  SystemExit and KeyboardInterrupt of hostile code are results too
        return json.dumps(_describe(error, places)).encode()


def _reseed() -> None:
    random.seed(_SEED)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(_SEED)


def _plain(value: object) -> object:
    """Numbers of numpy become numbers of Python; everything else is a bug of the job."""
    item = getattr(value, "item", None)
    if callable(item):
        return item()
    raise TypeError(f"a job returned a {type(value).__name__}, which JSON cannot hold")


def _describe(error: BaseException, places: Mapping[str, Path]) -> dict[str, object]:
    limit = None
    if isinstance(error, MemoryError):
        limit = "memory"
    elif isinstance(error, OSError) and error.errno == errno.EFBIG:
        limit = "file"
    return {
        "kind": "raised",
        "limit": limit,
        "type": type(error).__name__[:_TYPE_CHARACTERS],
        "message": _message(error),
        "frames": _frames(error, places),
    }


def _message(error: BaseException) -> str:
    try:
        return str(error)[:_MESSAGE_CHARACTERS].encode("utf-8", "replace").decode()
    except BaseException:  # noqa: BLE001  __str__ of a hostile exception may raise anything
        return ""


def _frames(error: BaseException, places: Mapping[str, Path]) -> list[dict[str, object]]:
    frames = [(code.f_code.co_filename, line, code.f_code.co_name) for code, line in _walk(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        frames.append((error.filename, error.lineno, "<module>"))
    named = [(_mounted(file, places), file, line, function) for file, line, function in frames]
    kept = [(inside or _shorten(file), line, function) for inside, file, line, function in named[-1:]]
    mounted = [(inside, line, function) for inside, _, line, function in named[:-1] if inside is not None]
    return [
        {"file": file, "line": line, "function": function[:_TYPE_CHARACTERS]}
        for file, line, function in [*mounted[-_FRAMES:], *kept]
    ]


def _walk(trace: TracebackType | None) -> list[tuple[Any, int]]:
    return [(frame, line) for frame, line in traceback.walk_tb(trace)]


def _mounted(file: str, places: Mapping[str, Path]) -> str | None:
    for mount, place in places.items():
        for root in (str(place), os.path.realpath(place)):
            if file == root:
                return f"{mount}/{place.name}"
            if file.startswith(root + os.sep):
                return f"{mount}/{file[len(root) + 1 :].replace(os.sep, '/')}"
    return None


def _shorten(file: str) -> str:
    """Installed files by their place in the library: never a path of this machine."""
    for root in (sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"), str(Path(__file__).parents[2])):
        if root and file.startswith(root + os.sep):
            return file[len(root) + 1 :].replace(os.sep, "/")
    return Path(file).name
