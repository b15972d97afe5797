"""The three processes of a contained job: doorman (outside), init (pid 1) and the job itself (pid 2).

The doorman moves into fresh namespaces and forks init, which lays out the root and waits for its order. With that it
mounts what the job may see, gives up every privilege and forks the job. When the job ends init kills whatever else
lives in the pid namespace, and tells; when init ends the kernel does the same.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from forge_runtime.sandbox import linux, mounts, seccomp
from forge_runtime.sandbox.job import job_environment, run_job
from forge_runtime.sandbox.limits import apply_limits
from forge_runtime.sandbox.pipes import write_all
from forge_runtime.sandbox.processes import used_by_children
from forge_runtime.sandbox.request import JobRequest, parse_request

# Who the job is inside. Outside it is the calling user, so files keep their owner and stay readable.
_INSIDE_ID = 1000
_NAMESPACES = (
    linux.CLONE_NEWNS
    | linux.CLONE_NEWCGROUP
    | linux.CLONE_NEWUTS
    | linux.CLONE_NEWIPC
    | linux.CLONE_NEWPID
    | linux.CLONE_NEWNET
)
SETUP_FAILED = 97
_SIGNAL_BASE = 128


@dataclass(frozen=True)
class Channels:
    """Descriptors of a job: its output, its result, where a failed set-up says why, and where init says that nothing of
    the job is left."""

    output: int
    result: int
    trouble: int
    ended: int
    doorman: int = -1
    """For init: at its end as soon as the doorman has died."""

    def of_the_job(self) -> tuple[int, int, int, int]:
        """The ends that are written to on the job's side."""
        return self.output, self.result, self.trouble, self.ended


def run_contained(order: int, channels: Channels) -> None:
    """The doorman: called in a child of the supervisor, never returns. Exits with the job's status.

    `order` is a descriptor that gives, as JSON, the message of the host and the real paths of its mounts; at its end
    without a word there is no job.
    """
    supervisor = os.getppid()
    try:
        os.setsid()
        _enter_namespaces()
        linux.die_with_parent(supervisor)
        alive, doorman = os.pipe()
        init = os.fork()
        if init == 0:
            os.close(doorman)
            _init(order, replace(channels, doorman=alive))
        keep_only({doorman})
        _, status = os.waitpid(init, 0)
        os._exit(_exit_code(status))
    except BaseException as error:  # noqa: BLE001  this process must never return into the supervisor's code
        _give_up(channels, error)


def _enter_namespaces() -> None:
    user, group = os.geteuid(), os.getegid()
    linux.unshare(linux.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{_INSIDE_ID} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{_INSIDE_ID} {group} 1")
    linux.unshare(_NAMESPACES)


def _init(order: int, channels: Channels) -> None:
    try:
        linux.die_with_parent(
            0
        )  # the doorman is outside this pid namespace, so it shows as 0, and so does whoever adopts
        _require_open(channels.doorman)
        # The kernel keeps from pid 1 what a job sends it, unless pid 1 handles it.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        os.umask(0o022)
        mounts.lay_out_root()
        text = _read_all(order)
        if not text:
            os._exit(0)
        message, sources = json.loads(text)
        request = parse_request(message)
        mounts.finish_root(request, sources)
        os.chdir(mounts.INSIDE_HOME)
        linux.drop_capabilities()
        linux.forbid_new_privileges()
        seccomp.install()
        apply_limits(request.limits)
        linux.forbid_inspection()
        child = os.fork()
        if child == 0:
            linux.allow_inspection()
            environment = job_environment(mounts.INSIDE_HOME, os.environ.get("PYTHONHASHSEED", "0"))
            run_here(channels, lambda: run_job(request.name, request.args, mounts.mount_paths(request)), environment)
        keep_only({channels.ended})
        _see_to_the_end(child, channels.ended)
    except BaseException as error:  # noqa: BLE001  as above
        _give_up(channels, error)


def _see_to_the_end(job: int, ended: int) -> NoReturn:
    """Waits for the job, kills what it has left behind and tells of it in one line of JSON. Stays until it is killed:
    taking down a process of this size takes as long as many a job, and nobody needs to wait for that."""
    pid = status = 0
    while pid != job:
        pid, status = os.waitpid(-1, 0)
    # All at once, so that nothing can fork away; everything in this namespace is below this process.
    with contextlib.suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    cpu, peak = used_by_children()
    told = {
        "exitCode": _exit_code(status),
        "cpuSeconds": cpu,
        "peakBytes": peak,
        "heldBytes": mounts.temporary_bytes(),
    }
    write_all(ended, (json.dumps(told) + "\n").encode())
    while True:
        signal.pause()


def _read_all(descriptor: int) -> bytes:
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read()


def _require_open(pipe: int) -> None:
    """Ends this process when the other end of a pipe is closed, as it is when its owner has died."""
    ready, _, _ = select.select([pipe], [], [], 0)
    if ready:
        os._exit(SETUP_FAILED)
    os.close(pipe)


def run_plain(request: JobRequest, channels: Channels, job: Callable[[], bytes], environment: dict[str, str]) -> None:
    """A job without a sandbox: kernel limits only. Called in a child of the supervisor, never returns."""
    supervisor = os.getppid()
    try:
        if sys.platform == "linux":
            linux.die_with_parent(supervisor)
        apply_limits(request.limits)
        os.chdir(environment["HOME"])
        run_here(channels, job, environment)
    except BaseException as error:  # noqa: BLE001  as above
        _give_up(channels, error)


def run_here(channels: Channels, job: Callable[[], bytes], environment: dict[str, str]) -> None:
    """The job's process: attaches the channels, cleans the environment, runs, reports. Never returns."""
    try:
        os.setsid()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.dup2(channels.output, 1)
        os.dup2(channels.output, 2)
        result = 3
        os.dup2(channels.result, result, inheritable=False)
        keep_only({0, 1, 2, result})
        os.environ.clear()
        os.environ.update(environment)
        envelope = job()
        _flush()
        write_all(result, envelope)
        os._exit(0)
    except BaseException:  # noqa: BLE001  a job that cannot report has crashed
        os._exit(1)


def keep_only(kept: set[int]) -> None:
    """Closes every other descriptor, so that nothing of the host reaches the job."""
    if not kept:
        os.closerange(0, 65_536)
        return
    low = 0
    for number in sorted(kept):
        if low < number:  # closerange(0, 0) would close everything
            os.closerange(low, number)
        low = number + 1
    os.closerange(low, 65_536)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):  # the job may have replaced its streams by anything
            stream.flush()


def _exit_code(status: int) -> int:
    code = os.waitstatus_to_exitcode(status)
    return _SIGNAL_BASE - code if code < 0 else code


def _give_up(channels: Channels, error: BaseException) -> None:
    try:
        os.write(channels.trouble, f"{type(error).__name__}: {error}".encode()[:2000])
    finally:
        os._exit(SETUP_FAILED)
