"""Writing to pipes, which take a large text in pieces."""

from __future__ import annotations

import os


def write_all(descriptor: int, data: bytes) -> None:
    """Writes everything. Raises OSError."""
    while data:
        data = data[os.write(descriptor, data) :]


def hand_over(descriptor: int, data: bytes) -> None:
    """Writes everything and closes; whoever should read may have died, and its own end tells that."""
    try:
        write_all(descriptor, data)
    except BrokenPipeError:
        pass
    finally:
        os.close(descriptor)
