"""A seccomp filter that takes away the system calls which untrusted numeric code has no use for.

A deny-list: the namespaces are the wall, this only removes the tools for breaking it (kernel attack surface, nested
namespaces, looking into other processes) and memory that the resident-memory limit cannot see (memfd, System V).
"""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct

from forge_runtime.sandbox import linux

# name: (x86_64, aarch64); None where the machine has no such call.
_DENIED: dict[str, tuple[int | None, int | None]] = {
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "mount_setattr": (442, 442), "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431),
    "fsmount": (432, 432), "fspick": (433, 433), "open_tree": (428, 428), "open_tree_attr": (467, 467),
    "unshare": (272, 97), "setns": (308, 268), "ptrace": (101, 117), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "process_madvise": (440, 440), "pidfd_getfd": (438, 438), "kcmp": (312, 272),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264), "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225),
    "acct": (163, 89), "quotactl": (179, 60), "quotactl_fd": (443, 443), "settimeofday": (164, 170),
    "clock_settime": (227, 112), "clock_adjtime": (305, 266), "adjtimex": (159, 171), "syslog": (103, 116),
    "sethostname": (170, 161), "setdomainname": (171, 162), "iopl": (172, None), "ioperm": (173, None),
    "modify_ldt": (154, None), "vhangup": (153, 58), "fanotify_init": (300, 262), "lookup_dcookie": (212, 18),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194), "msgget": (68, 186),
    "semget": (64, 190), "mq_open": (240, 180), "personality": (135, 92), "move_pages": (279, 239),
    "migrate_pages": (256, 238),
}  # fmt: skip
_CLONE, _CLONE3, _SOCKET, _IOCTL = (56, 220), (435, 435), (41, 198), (16, 29)
_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32_BIT = 0x40000000
_NEW_NAMESPACES = 0x7E020000  # every CLONE_NEW* bit that clone takes
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C

_LOAD, _JUMP_EQUAL, _JUMP_GREATER_EQUAL, _JUMP_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _ARGUMENT_0, _ARGUMENT_1 = 0, 4, 16, 24  # offsets in struct seccomp_data


def machine_supported() -> bool:
    """Whether a filter exists for this machine."""
    return platform.machine() in _AUDIT_ARCH


def build_filter(machine: str) -> bytes:
    """The BPF program for `x86_64` or `aarch64`, as an array of struct sock_filter."""
    column = 0 if machine == "x86_64" else 1
    program: list[tuple[int, int, int, int]] = []

    def add(code: int, value: int, if_true: int = 0, if_false: int = 0) -> None:
        program.append((code, if_true, if_false, value))

    def answer_errno(number: int) -> None:
        add(_RETURN, _ERRNO | number)

    add(_LOAD, _ARCHITECTURE)
    add(_JUMP_EQUAL, _AUDIT_ARCH[machine], 1, 0)
    add(_RETURN, _KILL_PROCESS)
    add(_LOAD, _NUMBER)
    if machine == "x86_64":
        add(_JUMP_GREATER_EQUAL, _X32_BIT, 0, 1)
        answer_errno(errno.ENOSYS)
    for numbers in _DENIED.values():
        number = numbers[column]
        if number is not None:
            add(_JUMP_EQUAL, number, 0, 1)
            answer_errno(errno.EPERM)
    # clone3 hides its flags behind a pointer; ENOSYS makes the C library fall back to clone.
    add(_JUMP_EQUAL, _CLONE3[column], 0, 1)
    answer_errno(errno.ENOSYS)
    add(_JUMP_EQUAL, _CLONE[column], 0, 4)
    add(_LOAD, _ARGUMENT_0)
    add(_JUMP_BITS, _NEW_NAMESPACES, 0, 1)
    answer_errno(errno.EPERM)
    add(_RETURN, _ALLOW)
    # Only local sockets: the network namespace is empty, but vsock, netlink and the like would ignore or probe it.
    add(_JUMP_EQUAL, _SOCKET[column], 0, 4)
    add(_LOAD, _ARGUMENT_0)
    add(_JUMP_EQUAL, int(socket.AF_UNIX), 1, 0)
    answer_errno(errno.EACCES)
    add(_RETURN, _ALLOW)
    add(_JUMP_EQUAL, _IOCTL[column], 0, 4)
    add(_LOAD, _ARGUMENT_1)
    add(_JUMP_EQUAL, _TIOCSTI, 1, 0)
    add(_JUMP_EQUAL, _TIOCLINUX, 0, 1)
    answer_errno(errno.EPERM)
    add(_RETURN, _ALLOW)
    return b"".join(struct.pack("=HBBI", code, t, f, value) for code, t, f, value in program)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def install() -> None:
    """Applies the filter to this process and its future children; needs NO_NEW_PRIVS."""
    code = build_filter(platform.machine())
    program = _Program(len(code) // 8, code)
    linux.prctl_seccomp(ctypes.byref(program))
