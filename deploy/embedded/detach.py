"""Running a command on in the background once it is ready, telling all until then."""

import os
import signal
import sys
from collections.abc import Callable

READY = b"R"
INTERRUPTED = 130


def run_detached(work: Callable[[Callable[[], None]], int]) -> int:
    """Run `work(on_ready)` in a process of its own session; come back when it calls `on_ready` or ends.

    Until then what it prints is shown here and Ctrl-C stops it. Returns 0 once it is ready, else its exit
    code. To be called before any thread is started.
    """
    output, told = os.pipe()
    flags, flag = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.close(output)
        os.close(flags)
        _become_background(told)
        os._exit(_work_and_flush(work, flag))
    os.close(told)
    os.close(flag)
    try:
        while chunk := os.read(output, 4096):
            sys.stdout.buffer.write(chunk)
            sys.stdout.flush()
        if os.read(flags, 1) == READY:
            return 0
    except KeyboardInterrupt:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
        return INTERRUPTED
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code if code >= 0 else 128 - code  # ended by a signal: as a shell tells it


def _become_background(told: int) -> None:
    os.setsid()
    _redirect(told, (1,))  # what goes wrong is still told on the caller's own stderr
    _redirect(os.open(os.devnull, os.O_RDONLY), (0,))


def _work_and_flush(work: Callable[[Callable[[], None]], int], flag: int) -> int:
    def on_ready() -> None:
        os.write(flag, READY)
        os.close(flag)
        sys.stdout.flush()
        _redirect(os.open(os.devnull, os.O_WRONLY), (1, 2))  # the waiting process sees the end and leaves

    code = work(on_ready)
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _redirect(source: int, targets: tuple[int, ...]) -> None:
    for target in targets:
        os.dup2(source, target)
    if source not in targets:
        os.close(source)
