"""`./camp doctor`: look for faults in the machine, the settings, the data and the running parts."""

import os
from collections.abc import Iterator

from deploy.embedded.checks.data import check_data
from deploy.embedded.checks.finding import Finding
from deploy.embedded.checks.machine import check_machine
from deploy.embedded.checks.running import check_running
from deploy.embedded.commands.options import Options, launcher_settings
from deploy.embedded.environment import check_names, check_values
from deploy.embedded.faults import Fault
from deploy.embedded.folders import Folders
from deploy.embedded.instance import Instance
from deploy.embedded.offline import offline_values
from deploy.embedded.settings import LauncherSettings


def run(arguments: list[str]) -> int:
    """Print a line for each finding; 1 when there is a fault, else 0."""
    Options("doctor").parse_args(arguments)
    faults = 0
    for finding in examine(launcher_settings()):
        faults += finding.is_fault
        mark = "FAULT" if finding.is_fault else "ok"
        print(f"{mark:<5}  {finding.subject:<16}  {finding.told}", flush=True)
        if finding.is_fault:
            print(f"{'':<25}mend: {finding.mend}", flush=True)
    print("No fault was found." if not faults else f"{faults} to mend.")
    return 1 if faults else 0


def examine(settings: LauncherSettings) -> Iterator[Finding]:
    """Every finding; what cannot be looked at because of an earlier fault is left out."""
    yield from check_machine(settings)
    try:
        check_names(os.environ)
        told = offline_values(os.environ, settings)
        check_values(told)
    except Fault as fault:
        for line in fault.lines:
            yield Finding("settings", line, "correct it; ./camp config shows all of them")
        return
    yield Finding("settings", "all are known and can be read")
    folders = Folders(settings.data)
    yield from check_data(told, folders)
    yield from check_running(settings, Instance(folders), told)
