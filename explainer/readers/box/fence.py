"""What the kernel can hold the child to beyond limits: no network, no other programs, no writing, reading only what it needs.

Each step is tried and told; one that the kernel lacks is left out. Called in the child, straight through libc: Python has none of
these calls in the versions we support.
"""

import ctypes
import os
import platform
import struct
from collections.abc import Iterable, Sequence

_PDEATHSIG, _SECCOMP, _NO_NEW_PRIVILEGES, _FILTER = 1, 22, 38, 2
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_SIGKILL = 9
_LANDLOCK = (444, 445, 446)
# Landlock's rights: execute, write, read, list, then eleven ways of making, moving and removing.
_FILE_RIGHTS, _MAY_READ = (1 << 13) - 1, 0b1101
_ALLOW, _DENY, _ABSENT = 0x7FFF0000, 0x00050001, 0x00050026
_LOAD, _EQUAL, _SET, _RETURN = 0x20, 0x15, 0x45, 0x06
_THREAD = 0x00010000
# machine -> (audit's number of it, {call: number})
_MACHINES = {
    "x86_64": (0xC000003E, {"socket": 41, "connect": 42, "socketpair": 53, "ptrace": 101, "kill": 62, "fork": 57, "vfork": 58,
                            "execve": 59, "execveat": 322, "clone": 56, "clone3": 435, "io_uring_setup": 425}),
    "aarch64": (0xC00000B7, {"socket": 198, "connect": 203, "socketpair": 199, "ptrace": 117, "kill": 129, "execve": 221,
                             "execveat": 281, "clone": 220, "clone3": 435, "io_uring_setup": 425}),
}  # fmt: skip
_NETWORK = ("socket", "connect", "socketpair", "ptrace", "io_uring_setup")
_PROGRAMS = ("fork", "vfork", "execve", "execveat", "kill")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)


def _answer(numbers: Iterable[int], answer: int) -> bytes:
    """These calls get that answer; others go on."""
    return b"".join(_step(_EQUAL, number, 0, 1) + _step(_RETURN, answer) for number in numbers)


def _calls(machine: str, programs: bool) -> bytes:
    """The filter: network calls, and unless programs may be started, those that start one, are refused."""
    audit, numbers = _MACHINES[machine]
    refused = [numbers[name] for name in (*_NETWORK, *(() if programs else _PROGRAMS)) if name in numbers]
    steps = _step(_LOAD, 4) + _step(_EQUAL, audit, 1, 0) + _step(_RETURN, _DENY) + _step(_LOAD, 0) + _answer(refused, _DENY)
    if not programs:
        # Threads are made by clone with a flag; clone3 hides its flags behind a pointer, and libc falls back where it is absent.
        steps += _answer([numbers["clone3"]], _ABSENT) + _step(_EQUAL, numbers["clone"], 0, 3)
        steps += _step(_LOAD, 16) + _step(_SET, _THREAD, 1, 0) + _step(_RETURN, _DENY)
    return steps + _step(_RETURN, _ALLOW)


def _filtered(libc: ctypes.CDLL, programs: bool) -> bool:
    if platform.machine() not in _MACHINES:
        return False
    steps = ctypes.create_string_buffer(_calls(platform.machine(), programs))
    program = _Program((len(steps) - 1) // 8, ctypes.addressof(steps))
    return bool(libc.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def _landlocked(libc: ctypes.CDLL, readable: Sequence[str]) -> bool:
    make, add, restrict = _LANDLOCK
    rights = ctypes.create_string_buffer(struct.pack("Q", _FILE_RIGHTS), 8)
    rules = libc.syscall(make, rights, 8, 0)
    if rules < 0:
        return False
    for path in readable:
        try:
            folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        allowed = _MAY_READ if os.path.isdir(path) else _MAY_READ & 0b101
        libc.syscall(add, rules, 1, ctypes.create_string_buffer(struct.pack("=Qi", allowed, folder), 12), 0)
        os.close(folder)
    kept = libc.syscall(restrict, rules, 0) == 0
    os.close(rules)
    return bool(kept)


def raise_(readable: Sequence[str], programs: bool) -> list[str]:
    """Raises the fence; the names of the steps that hold: parent, network, files, calls."""
    if platform.system() != "Linux":
        return []
    libc = ctypes.CDLL(None, use_errno=True)
    held = ["parent"] if libc.prctl(_PDEATHSIG, _SIGKILL, 0, 0, 0) == 0 else []
    held += ["network"] if libc.unshare(_NEW_USER | _NEW_NETWORK) == 0 else []
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
        held += ["files"] if _landlocked(libc, readable) else []
        held += ["calls"] if _filtered(libc, programs) else []
    return held
