"""A bound on the time of one call into foreign code, from inside the same process."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from types import FrameType

from forge_runtime.sandbox.verdict import UNSTOPPABLE


class TimeUpError(BaseException):
    """Not an Exception, so that `except Exception` in foreign code does not swallow it."""


# A call that only waits is stopped by the clock, after so many times the processor time that it may take.
WAITING = 4
# A library may catch one exception in passing; who catches three does not want to end.
RINGS = 3
AGAIN_SECONDS = 0.5


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TimeUpError in the body after `seconds` of processor time, or WAITING times as many by the clock.

    Code that catches even that and goes on ends the process: whoever started it learns that it could not be stopped.
    Without interval timers (Windows) the limit of the whole job has to do; so it has for code that never returns to the
    interpreter.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    rung = 0

    def ring(_signal: int, _frame: FrameType | None) -> None:
        nonlocal rung
        rung += 1
        if rung > RINGS:
            os._exit(UNSTOPPABLE)
        raise TimeUpError

    # Processor time decides, so that a busy machine finds nothing that a quiet one does not.
    clocks = (
        (signal.SIGPROF, signal.ITIMER_PROF, seconds),
        (signal.SIGALRM, signal.ITIMER_REAL, seconds * WAITING),
    )
    before = [signal.signal(number, ring) for number, _, _ in clocks]
    for _, clock, allowed in clocks:
        signal.setitimer(clock, allowed, AGAIN_SECONDS)
    try:
        yield
    finally:
        for _, clock, _ in clocks:
            signal.setitimer(clock, 0)
        for (number, _, _), handler in zip(clocks, before, strict=True):
            signal.signal(number, handler)
