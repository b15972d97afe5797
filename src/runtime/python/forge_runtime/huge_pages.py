"""Few large pages instead of many small ones, for a process that forks all day.

Each job is four forks of a process with some 120 MB of loaded packages; most of the time of a fork goes into copying a
table with an entry for each page. A page that a job writes to is still copied by itself.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

_PAGE = 2 * 1024 * 1024
# Linux 6.1; elsewhere the call fails and all stays as it is.
_MADV_COLLAPSE = 25
_PLAIN_MEMORY = {"", "[heap]"}

_BLOCK = 512
"""The largest block that Python takes from its arenas."""
_ARENA = 1024 * 1024
# What the packages of PREIMPORTED take, in arenas.
_ARENAS = 64

_kept: list[bytes] = []


def lay_together() -> None:
    """Takes memory for small objects in one piece before packages are loaded between its parts."""
    if sys.platform != "linux":
        return
    blocks = [bytes(_BLOCK - sys.getsizeof(b"")) for _ in range(_ARENAS * _ARENA // _BLOCK)]
    # An arena that holds anything is not given back.
    _kept.extend(blocks[:: _ARENA // _BLOCK // 2])


def join() -> int:
    """Asks for large pages wherever this process has memory of its own. Returns how many it got."""
    if sys.platform != "linux":
        return 0
    libc = ctypes.CDLL(None)
    joined = 0
    for line in Path("/proc/self/maps").read_text().splitlines():
        place, access, *_, name = (*line.split(maxsplit=5), "")[:6]
        if not access.startswith("rw") or name.strip() not in _PLAIN_MEMORY:
            continue
        start, end = (int(edge, 16) for edge in place.split("-"))
        for page in range(-(-start // _PAGE) * _PAGE, end - _PAGE + 1, _PAGE):
            failed = libc.madvise(ctypes.c_void_p(page), ctypes.c_size_t(_PAGE), ctypes.c_int(_MADV_COLLAPSE))
            joined += not failed
    return joined
