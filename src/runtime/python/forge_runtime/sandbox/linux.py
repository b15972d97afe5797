"""The few Linux system calls that Python 3.11 does not offer, through ctypes."""

from __future__ import annotations

import ctypes
import os
import platform
import signal

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE, MS_SLAVE = 32, 4096, 16384, 1 << 18, 1 << 19
MNT_DETACH = 2

CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS = 0x00020000, 0x02000000, 0x04000000
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x08000000, 0x10000000, 0x20000000, 0x40000000

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP = 1, 4, 24
_PR_SET_NO_NEW_PRIVS, _PR_SET_CHILD_SUBREAPER = 38, 36
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
_CAPABILITY_VERSION_3 = 0x20080522
_LAST_CAPABILITY = 63

# System call numbers of the two machines that the sandbox supports: (x86_64, aarch64).
_SYSCALLS = {"pivot_root": (155, 41), "capset": (126, 91), "mount_setattr": (442, 442)}
_AT_RECURSIVE, _AT_FDCWD = 0x8000, -100

_libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def _syscall(name: str, *args: object) -> int:
    numbers = _SYSCALLS[name]
    number = numbers[0] if platform.machine() == "x86_64" else numbers[1]
    return _check(int(_libc.syscall(ctypes.c_long(number), *args)), name)


def unshare(flags: int) -> None:
    """Moves this process into new namespaces."""
    _check(_libc.unshare(ctypes.c_int(flags)), "unshare")


def mount(source: str, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    """mount(2); paths as text."""
    _check(
        _libc.mount(
            os.fsencode(source),
            os.fsencode(target),
            None if kind is None else kind.encode(),
            ctypes.c_ulong(flags),
            None if data is None else data.encode(),
        ),
        f"mount {target}",
    )


def unmount_detached(target: str) -> None:
    """Removes a mount and all below it from this namespace."""
    _check(_libc.umount2(os.fsencode(target), ctypes.c_int(MNT_DETACH)), f"umount {target}")


def pivot_root(new_root: str, put_old: str) -> None:
    """Makes `new_root` the root; the old one appears at `put_old`."""
    _syscall("pivot_root", ctypes.c_char_p(os.fsencode(new_root)), ctypes.c_char_p(os.fsencode(put_old)))


class _MountAttributes(ctypes.Structure):
    _fields_ = (
        ("attr_set", ctypes.c_uint64),
        ("attr_clr", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns_fd", ctypes.c_uint64),
    )


def set_mount_attributes(target: str, flags: int) -> None:
    """Adds MS_RDONLY, MS_NOSUID, MS_NODEV to a mount and every mount below it (Linux 5.12)."""
    attributes = _MountAttributes(flags, 0, 0, 0)
    _syscall(
        "mount_setattr",
        ctypes.c_int(_AT_FDCWD),
        ctypes.c_char_p(os.fsencode(target)),
        ctypes.c_uint(_AT_RECURSIVE),
        ctypes.byref(attributes),
        ctypes.c_size_t(ctypes.sizeof(attributes)),
    )


def _prctl(option: int, a: int = 0, b: int = 0) -> int:
    zero = ctypes.c_ulong(0)
    return int(_libc.prctl(ctypes.c_int(option), ctypes.c_ulong(a), ctypes.c_ulong(b), zero, zero))


def die_with_parent(parent: int) -> None:
    """Asks for SIGKILL when the parent dies; ends at once when it is dead already (`parent` is its expected id)."""
    _check(_prctl(_PR_SET_PDEATHSIG, signal.SIGKILL), "prctl PDEATHSIG")
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Descendants whose parent dies become children of this process, so that none can escape it."""
    _check(_prctl(_PR_SET_CHILD_SUBREAPER, 1), "prctl CHILD_SUBREAPER")


def forbid_inspection() -> None:
    """No process without privileges may read or write this one's memory."""
    _check(_prctl(_PR_SET_DUMPABLE, 0), "prctl DUMPABLE")


def allow_inspection() -> None:
    """Undoes forbid_inspection, which children inherit."""
    _check(_prctl(_PR_SET_DUMPABLE, 1), "prctl DUMPABLE")


def forbid_new_privileges() -> None:
    """Programs started from here gain nothing from set-uid bits or file capabilities."""
    _check(_prctl(_PR_SET_NO_NEW_PRIVS, 1), "prctl NO_NEW_PRIVS")


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def drop_capabilities() -> None:
    """Empties every capability set: bounding, ambient, effective, permitted, inheritable."""
    for capability in range(_LAST_CAPABILITY + 1):
        if _prctl(_PR_CAPBSET_DROP, capability) < 0:
            break  # the kernel knows no capability with this number
    _prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    empty = (ctypes.c_uint32 * 6)()
    _syscall("capset", ctypes.byref(header), ctypes.byref(empty))


def prctl_seccomp(program: object) -> None:
    """Installs a seccomp filter (a pointer to struct sock_fprog); it cannot be removed."""
    _check(
        _libc.prctl(ctypes.c_int(22), ctypes.c_ulong(2), program, ctypes.c_ulong(0), ctypes.c_ulong(0)),
        "prctl SECCOMP",
    )
