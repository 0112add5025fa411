"""`./camp up`: start the suite and watch over it, here or in the background."""

import os
import sys
from collections.abc import Callable

from deploy.embedded.commands.options import Options, launcher_settings
from deploy.embedded.detach import run_detached
from deploy.embedded.environment import check_names
from deploy.embedded.faults import Fault
from deploy.embedded.folders import Folders
from deploy.embedded.instance import Instance
from deploy.embedded.launch import Launch
from deploy.embedded.settings import CHECKOUT, LauncherSettings
from deploy.embedded.supervision.logfile import LogFile
from deploy.embedded.supervision.signals import Signals
from deploy.embedded.supervision.supervisor import Supervisor
from deploy.embedded.supervision.terminal import Terminal


def run(arguments: list[str]) -> int:
    """Start the suite; returns when it was stopped, or with --detach when it is ready. Raises Fault."""
    options = Options("up")
    options.add_argument("--detach", "-d", action="store_true")
    options.add_argument("--verbose", "-v", action="store_true")
    asked = options.parse_args(arguments)
    settings = launcher_settings()
    check_names(os.environ)
    Folders(settings.data).make()
    if not asked.detach:
        return _serve(settings, verbose=asked.verbose, on_ready=None)
    return run_detached(lambda on_ready: _serve_apart(settings, asked.verbose, on_ready))


def _serve(settings: LauncherSettings, *, verbose: bool, on_ready: Callable[[], None] | None) -> int:
    folders = Folders(settings.data)
    instance = Instance(folders)
    with instance.running_alone():
        terminal = Terminal(sys.stdout, LogFile(folders.logs / "supervisor.log"), verbose=verbose)
        signals = Signals(detached=on_ready is not None)
        supervisor = Supervisor(CHECKOUT, folders.logs, terminal, signals)
        Launch(settings, instance, supervisor, terminal, on_ready or (lambda: None)).run(os.environ)
    return 0


def _serve_apart(settings: LauncherSettings, verbose: bool, on_ready: Callable[[], None]) -> int:
    """Serve in the background process, which has nobody above it to tell a fault."""
    try:
        return _serve(settings, verbose=verbose, on_ready=on_ready)
    except Fault as fault:
        for line in fault.lines:
            print(f"camp: {line}", file=sys.stderr)
        return 1
