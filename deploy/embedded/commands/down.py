"""`./camp down`: stop the running instance of this data folder."""

import contextlib
import os
import signal
import time

from deploy.embedded.commands.options import Options, launcher_settings
from deploy.embedded.faults import Fault
from deploy.embedded.instance import Instance, instance_of

PATIENCE = 12.0  # seconds; the supervisor itself needs less than ten


def run(arguments: list[str]) -> int:
    """Stop the suite and wait until it is gone; nothing to stop is no fault."""
    Options("down").parse_args(arguments)
    settings = launcher_settings()
    instance = instance_of(settings.data)
    pid = instance.pid()
    if not instance.is_running() or pid is None:
        print(f"Nothing runs with the data folder {settings.data}.")
        return 0
    _send(pid, signal.SIGTERM)
    if not _wait_until_gone(instance, PATIENCE):
        _send(pid, signal.SIGKILL)  # its parts end with it
        if not _wait_until_gone(instance, 3.0):
            raise Fault(f"Process {pid} does not end; look at it with: ps -fp {pid}")
    print("Stopped.")
    return 0


def _send(pid: int, signal_number: signal.Signals) -> None:
    try:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal_number)
    except PermissionError as error:
        raise Fault(f"Process {pid} belongs to another user; run ./camp down as that user") from error


def _wait_until_gone(instance: Instance, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while instance.is_running():
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.1)
    return True
