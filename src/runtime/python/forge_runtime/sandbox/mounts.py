"""Builds the small world that a contained job sees: an allow-list of mounts on an empty root."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from forge_runtime.sandbox import linux
from forge_runtime.sandbox.request import JobRequest

INSIDE_ROOT = "/mnt"
INSIDE_HOME = "/tmp"  # noqa: S108  the sandbox's own tmpfs
PACKAGE_PARENT = str(Path(__file__).absolute().parents[2])

_OLD_ROOT = "/.host"
# Where the root is assembled; any folder that every Linux system has will do.
_STAGING = ("/tmp", "/run", "/var")  # noqa: S108  only a mount point in a private mount namespace
_SYSTEM_FOLDERS = ("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin")
_SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives", "/etc/localtime")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_USERS = "forge:x:1000:1000::/tmp:/bin/false\n"
# Package managers that scatter one interpreter over sibling folders: the whole store is mounted.
_STORES = ("/nix/store", "/gnu/store", "/home/linuxbrew/.linuxbrew", "/snap")
# Resident-memory sums do not see tmpfs, so its size is bounded to a share of the memory limit.
_TMPFS_SHARE = 4
_TMPFS_MINIMUM = 64 * 1024 * 1024
_TMPFS_FILES = 20_000
# What the kernel keeps for an entry, which counts as no block: up to twice as much with a long name.
_ENTRY_BYTES = 1024
_TEMPORARY = (INSIDE_HOME, "/dev/shm")  # noqa: S108  inside the sandbox
_READ_ONLY = linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV
_WRITABLE = linux.MS_NOSUID | linux.MS_NODEV


def interpreter_folders() -> dict[str, str]:
    """Where this interpreter and this package are looked for, and the real folder behind each place.

    The virtual environment and the base installation, by their real paths first and then as the interpreter names them:
    its search path goes through the symbolic links that it was started through.
    """
    prefixes = [sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix, PACKAGE_PARENT]
    real = [os.path.realpath(place) for place in prefixes] + [str(Path(sys.executable).resolve().parents[1])]
    found: dict[str, str] = {}
    for place in [*sorted(real), *sorted(prefixes)]:
        folder = next((store for store in _STORES if place.startswith(store + "/")), place)
        if folder != "/" and not folder.startswith("/usr/") and folder != "/usr":
            found.setdefault(folder, os.path.realpath(folder))
    return found


def mount_paths(request: JobRequest) -> dict[str, str]:
    """Where a contained job finds its mounts."""
    return {mount.name: f"{INSIDE_ROOT}/{mount.name}" for mount in request.mounts}


def resolve_sources(request: JobRequest) -> dict[str, str]:
    """The real host path of each mount, taken before the root changes. Raises FileNotFoundError."""
    return {mount.name: os.path.realpath(mount.host, strict=True) for mount in request.mounts}


def lay_out_root() -> None:
    """Replaces the root of this (fresh) mount namespace, except for what depends on the job; runs as pid 1 of the pid
    namespace. Raises OSError."""
    folders = interpreter_folders()
    # Until there is a job, what the host mounts and unmounts happens here too: nothing of it is kept busy.
    linux.mount("none", "/", None, linux.MS_REC | linux.MS_SLAVE)
    staging = next(path for path in _STAGING if Path(path).is_dir())
    linux.mount("tmpfs", staging, "tmpfs", _WRITABLE, "size=1m,mode=0755")
    Path(staging + _OLD_ROOT).mkdir()
    linux.pivot_root(staging, staging + _OLD_ROOT)
    os.chdir("/")
    _mount_system()
    # Before the binds: a virtual environment or an installation below /tmp must stay visible.
    for target in _TEMPORARY:
        Path(target).mkdir(parents=True, exist_ok=True)
        linux.mount("tmpfs", target, "tmpfs", _WRITABLE, f"{_tmpfs_bounds(_TMPFS_MINIMUM)},mode=1777")
    for place, folder in folders.items():
        if not _covered(place, folder):
            _bind(folder, place, _READ_ONLY)
    Path(INSIDE_ROOT).mkdir(exist_ok=True)
    _mount_proc()


def finish_root(request: JobRequest, sources: dict[str, str]) -> None:
    """Adds what the job may see, at its real paths `sources`, and lets go of the host. Raises OSError."""
    size = max(_TMPFS_MINIMUM, request.limits.memory_bytes // _TMPFS_SHARE)
    for target in _TEMPORARY:
        linux.mount("tmpfs", target, "tmpfs", _WRITABLE | linux.MS_REMOUNT, _tmpfs_bounds(size))
    for mount in request.mounts:
        _bind(sources[mount.name], f"{INSIDE_ROOT}/{mount.name}", _WRITABLE if mount.writable else _READ_ONLY)
    linux.unmount_detached(_OLD_ROOT)
    Path(_OLD_ROOT).rmdir()
    linux.mount("none", "/", None, linux.MS_REMOUNT | linux.MS_BIND | _READ_ONLY)


def temporary_bytes() -> int:
    """What a job has left in its temporary folders, which is memory. Called inside."""
    spaces = [os.statvfs(place) for place in _TEMPORARY]
    return sum(
        (space.f_blocks - space.f_bfree) * space.f_frsize + (space.f_files - space.f_ffree) * _ENTRY_BYTES
        for space in spaces
    )


def _tmpfs_bounds(size: int) -> str:
    return f"size={size},nr_inodes={_TMPFS_FILES}"


def _mount_system() -> None:
    for path in _SYSTEM_FOLDERS:
        host = Path(_OLD_ROOT + path)
        if host.is_symlink():
            Path(path).symlink_to(host.readlink())  # merged /usr: /lib -> usr/lib
        elif host.is_dir():
            _bind(path, path, _READ_ONLY)
    for path in _present(_SYSTEM_FILES):
        _bind(_real(path), path, _READ_ONLY)
    for path in _present(_DEVICES):
        _bind(path, path, linux.MS_NOSUID)
    for name, target in (("fd", "fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")):
        Path("/dev", name).symlink_to(f"/proc/self/{target}")
    Path("/etc/passwd").write_text(_USERS)


def _mount_proc() -> None:
    Path("/proc").mkdir()
    try:
        linux.mount("proc", "/proc", "proc", _WRITABLE | linux.MS_NOEXEC)
    except OSError as error:
        # Some containers mask parts of /proc and the kernel then refuses a fresh one: leave it empty, never the host's.
        if error.errno != errno.EPERM:
            raise


def _present(paths: Iterable[str]) -> list[str]:
    return [path for path in paths if Path(_OLD_ROOT + path).exists() or Path(_OLD_ROOT + path).is_symlink()]


def _real(path: str) -> str:
    """Resolves a symbolic link of the host as seen from the new root."""
    host = Path(_OLD_ROOT + path)
    for _ in range(8):
        if not host.is_symlink():
            break
        link = str(host.readlink())
        host = Path(_OLD_ROOT + link) if link.startswith("/") else host.parent / link
    return str(host)[len(_OLD_ROOT) :]


def _covered(path: str, source: str) -> bool:
    """Whether an earlier mount already shows the folder `source` at this place."""
    place, host = Path(path), Path(_OLD_ROOT + source)
    return place.is_dir() and host.is_dir() and place.samefile(host)


def _bind(source: str, target: str, flags: int) -> None:
    host = Path(_OLD_ROOT + source)
    if not host.exists():
        return
    place = Path(target)
    if host.is_dir():
        place.mkdir(parents=True, exist_ok=True)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    linux.mount(str(host), target, None, linux.MS_BIND | linux.MS_REC)
    linux.mount("none", target, None, linux.MS_REC | linux.MS_PRIVATE)
    try:
        linux.set_mount_attributes(target, flags)
    except OSError as error:
        if error.errno != errno.ENOSYS:
            raise
        _remount_each(target, flags)


def _remount_each(target: str, flags: int) -> None:
    """mount_setattr for kernels before 5.12: every mount at or below the target, keeping the flags it has."""
    text = Path(_OLD_ROOT + "/proc/self/mountinfo").read_text()
    points = [line.split()[4].encode().decode("unicode_escape") for line in text.splitlines()]
    for point in points:
        if point == target or point.startswith(target + "/"):
            kept = os.statvfs(point).f_flag & (linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC | 1024 | 2048 | 4096)
            linux.mount("none", point, None, linux.MS_REMOUNT | linux.MS_BIND | flags | kept)
