"""Standard output and error of a job: streamed to a file, counted, and kept in part for the answer."""

from __future__ import annotations

import os

# Both ends matter: what a script announced first, and what it said before it died.
_HEAD_BYTES = 32_768
_TAIL_BYTES = 32_768


class JobLog:
    """Receives the output of one job. The file, when given, must not be a symbolic link."""

    def __init__(self, path: str | None) -> None:
        """Opens the file. Raises OSError."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        self._file = None if path is None else os.open(path, flags, 0o644)
        self._head = bytearray()
        self._tail = bytearray()
        self.size = 0

    def add(self, data: bytes) -> None:
        """Appends output."""
        self.size += len(data)
        if self._file is not None:
            os.write(self._file, data)
        room = _HEAD_BYTES - len(self._head)
        self._head += data[:room]
        self._tail += data[max(room, 0) :]
        if len(self._tail) > 2 * _TAIL_BYTES:
            del self._tail[:-_TAIL_BYTES]

    def text(self) -> str:
        """The output as text; its middle is left out when it is long."""
        tail = self._tail[-_TAIL_BYTES:]
        left_out = self.size - len(self._head) - len(tail)
        middle = f"\n... {left_out} bytes left out ...\n".encode() if left_out > 0 else b""
        return (bytes(self._head) + middle + bytes(tail)).decode("utf-8", "replace")

    def close(self) -> None:
        """Closes the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
