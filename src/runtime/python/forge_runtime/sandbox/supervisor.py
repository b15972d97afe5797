"""The trusted process beside one job: starts it, watches its limits, ends it, reports."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import signal
import sys
import tempfile
import time
from typing import Any

from forge_runtime.sandbox import contain, linux, mounts
from forge_runtime.sandbox.cell import Cell, close_channels, listen_to_nobody, open_channels
from forge_runtime.sandbox.disk import UnreadableTreeError, disk_usage
from forge_runtime.sandbox.job import job_environment, run_job
from forge_runtime.sandbox.joblog import JobLog
from forge_runtime.sandbox.processes import TreeUsage, kill_descendants, tree_usage, used_by_children
from forge_runtime.sandbox.request import parse_request
from forge_runtime.sandbox.verdict import Observation, judge

POLL_SECONDS = 0.05
# Walking a large folder is not free: at most this share of the time goes into it.
_SCAN_SHARE = 0.1
_RESULT_BYTES = 64 * 1024 * 1024
_CHUNK = 65_536
# Memory that a job has left in its temporary folders and its result, and that may be held on to for a while.
_HELD_BYTES = 4 * 1024 * 1024
# Doorman and init are ours; the job is below them.
_CONTAINED_OVERHEAD = 2


class Supervisor:
    """Runs one job. Must live in a process of its own: it adopts orphans and reaps every child."""

    def __init__(self, message: dict[str, Any], ready: Cell | None = None) -> None:
        """Opens the log; `ready` is a cell that no job has used. Raises BadRequestError, OSError."""
        self._message = message
        self._ready = ready
        self._request = request = parse_request(message)
        self._log = JobLog(request.log_file)
        self._writable = [os.path.realpath(mount.host) for mount in request.mounts if mount.writable]
        self._said = {"result": bytearray(), "trouble": bytearray(), "ended": bytearray()}
        self._cell: Cell | None = None
        self._crossed: str | None = None
        self._cancelled = False
        self._exit_code: int | None = None
        self._usage = TreeUsage()
        self._peak = 0
        self._next_scan = 0.0

    def run(self) -> dict[str, Any]:
        """Runs the job to its end and returns the answer for the host. No process of the job is left, but the empty
        cell is, until `close`. Raises OSError."""
        started = time.monotonic()
        selector = selectors.DefaultSelector()
        waker, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC) if hasattr(os, "pipe2") else os.pipe()
        os.set_blocking(wake, False)  # not yet where there is no pipe2
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, self._on_cancel)
        # A cancellation that came before anybody listened has waited for this.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        selector.register(waker, selectors.EVENT_READ, None)
        if sys.platform == "linux":
            linux.adopt_orphans()
        scratch = None if self._request.contained else tempfile.mkdtemp(prefix="job-", dir=self._request.scratch)
        try:
            if scratch is None:
                self._cell = cell = self._usable_cell()
                child, readers = cell.doorman, cell.readers
                cell.cage.limit(self._request.limits.processes)
                cell.give(self._message, mounts.resolve_sources(self._request))
            else:
                child, readers = self._start_plain(str(scratch))
            for descriptor, sink in readers.items():
                os.set_blocking(descriptor, False)
                selector.register(descriptor, selectors.EVENT_READ, sink)
            while not self._finished(child, started):
                for key, _ in selector.select(POLL_SECONDS):
                    if key.data is None:
                        os.read(waker, _CHUNK)
                    elif not self._drain(key.fd, key.data):
                        selector.unregister(key.fd)
            self._end_job()
            for descriptor, sink in readers.items():
                while self._drain(descriptor, sink):
                    pass
            self._check_disk(final=True)
        finally:
            # Once more, for whatever went wrong on this side: nobody is answered while the job runs.
            self._end_job()
            self._log.close()
            if scratch is not None:
                shutil.rmtree(scratch, ignore_errors=True)
        return self._answer(time.monotonic() - started)

    def is_light(self) -> bool:
        """Whether what `run` has left, here and in the cell, may stay for a while."""
        told = self._told_by_init()
        return told is not None and told["heldBytes"] + len(self._said["result"]) <= _HELD_BYTES

    def close(self) -> None:
        """Ends what is left of the sandbox."""
        kill_descendants(os.getpid())
        if self._cell is not None:
            self._cell.cage.remove()

    def _end_job(self) -> None:
        if not self._said["ended"]:
            kill_descendants(os.getpid())

    def _on_cancel(self, *_: object) -> None:
        self._cancelled = True

    def _usable_cell(self) -> Cell:
        ready = self._ready
        if ready is None:
            return Cell.open()
        if os.waitpid(ready.doorman, os.WNOHANG)[0] == 0:
            return ready
        kill_descendants(os.getpid())
        ready.close()
        return Cell.open()

    def _start_plain(self, scratch: str) -> tuple[int, dict[int, str]]:
        request = self._request
        paths = {mount.name: os.path.realpath(mount.host) for mount in request.mounts}
        environment = job_environment(scratch, os.environ.get("PYTHONHASHSEED", "0"))
        channels, readers = open_channels()
        child = os.fork()
        if child == 0:
            listen_to_nobody()
            contain.run_plain(request, channels, lambda: run_job(request.name, request.args, paths), environment)
        close_channels(channels)
        return child, readers

    def _drain(self, descriptor: int, sink: str) -> bool:
        """Takes what a pipe holds; False at its end, or when nothing more is there."""
        try:
            data = os.read(descriptor, _CHUNK)
        except BlockingIOError:
            return False
        if not data:
            return False
        if sink == "output":
            room = self._request.limits.output_bytes - self._log.size
            self._log.add(data[: max(room, 0)])
            if len(data) > room:
                self._cross("output")
        else:
            said = self._said[sink]
            said += data[: _RESULT_BYTES - len(said)]
        return True

    def _finished(self, child: int, started: float) -> bool:
        if self._crossed is not None or self._cancelled:
            return True
        if self._said["ended"]:
            return True
        with contextlib.suppress(ChildProcessError):
            pid, status = os.waitpid(child, os.WNOHANG)
            if pid == child:
                code = os.waitstatus_to_exitcode(status)
                self._exit_code = 128 - code if code < 0 else code
                return True
        limits = self._request.limits
        if time.monotonic() - started > limits.wall_seconds:
            self._cross("wall")
        overhead = _CONTAINED_OVERHEAD if self._request.contained else 1
        usage = tree_usage(os.getpid() if overhead == 1 else child, overhead, limits.processes)
        self._usage = usage
        self._peak = max(self._peak, usage.memory_bytes)
        if usage.processes > limits.processes:
            self._cross("processes")
        elif usage.memory_bytes > limits.memory_bytes:
            self._cross("memory")
        elif usage.cpu_seconds > limits.cpu_seconds:
            self._cross("cpu")
        self._check_disk(final=False)
        return self._crossed is not None

    def _check_disk(self, final: bool) -> None:
        now = time.monotonic()
        if not self._writable or (now < self._next_scan and not final):
            return
        limits = self._request.limits
        try:
            used = disk_usage(self._writable, limits.disk_bytes, limits.files)
        except UnreadableTreeError:
            self._cross("files")
            return
        if used.files > limits.files:
            self._cross("files")
        elif used.bytes > limits.disk_bytes:
            self._cross("disk")
        done = time.monotonic()
        self._next_scan = done + max(POLL_SECONDS, (done - now) / _SCAN_SHARE)

    def _cross(self, name: str) -> None:
        self._crossed = self._crossed or name

    def _answer(self, wall: float) -> dict[str, Any]:
        code, cpu, largest = self._end()
        cpu = max(cpu, self._usage.cpu_seconds)
        seen = Observation(
            exit_code=1 if code is None else code,
            envelope=bytes(self._said["result"]),
            trouble=self._said["trouble"].decode("utf-8", "replace"),
            crossed=self._crossed,
            cancelled=self._cancelled,
            cpu_seconds=cpu,
        )
        return {
            "id": self._request.id,
            **judge(self._request, seen),
            "log": self._log.text(),
            "usage": {
                "wallMs": round(wall * 1000),
                "cpuMs": round(cpu * 1000),
                "peakBytes": max(self._peak, largest),
            },
        }

    def _end(self) -> tuple[int | None, float, int]:
        """Exit status, processor seconds and largest resident size: as init tells them, or as seen from here."""
        told = self._told_by_init()
        if told is None:
            return self._exit_code, *used_by_children()
        return told["exitCode"], told["cpuSeconds"], told["peakBytes"]

    def _told_by_init(self) -> dict[str, Any] | None:
        said = self._said["ended"]
        return json.loads(said) if said else None
