"""Starting a child that cannot outlive us, seeing how it ended, and ending it with all it started."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(parent_pid: int) -> None:
    """Have the kernel kill this process when its parent thread ends, however that happens (Linux only).

    Called in a fresh child. A parent that died before the call is noticed by the changed parent id.
    """
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent_pid:
        os._exit(1)


def spawn(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> subprocess.Popen[bytes]:
    """Start a child in its own session, tied to our life, its output (both streams) on one pipe.

    Call it from the main thread of a process without others: the kernel watches the thread that forked.
    Raises OSError when the program cannot be started.
    """
    our_pid = os.getpid()
    return subprocess.Popen(
        list(command),
        env=dict(environment),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=lambda: die_with_parent(our_pid),
    )


def has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether the child has ended; its whole group is swept before its process id can be used again."""
    if process.returncode is not None:
        return True
    if os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        return False
    kill_group(process)
    process.wait()
    return True


def tell(process: subprocess.Popen[bytes], signal_number: signal.Signals) -> None:
    """Send a signal to the child alone; it passes it on as it sees fit."""
    if process.returncode is None:
        process.send_signal(signal_number)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL the child and all that it started and that stayed in its group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def describe_end(returncode: int) -> str:
    """How a process ended, for a person: `exit code 3` or `signal SIGKILL`."""
    if returncode >= 0:
        return f"exit code {returncode}"
    try:
        return f"signal {signal.Signals(-returncode).name}"
    except ValueError:
        return f"signal {-returncode}"
