"""`./camp part stop|start NAME`: keep one part stopped while the rest runs, and start it again."""

import time

from deploy.embedded.commands.options import Options, launcher_settings
from deploy.embedded.faults import Fault
from deploy.embedded.instance import Instance, instance_of

PATIENCE = 12.0
WANTED = {"stop": "held", "start": "running"}


def run(arguments: list[str]) -> int:
    """Ask the supervisor and wait until it is done."""
    options = Options("part")
    options.add_argument("what", choices=tuple(WANTED))
    options.add_argument("name")
    asked = options.parse_args(arguments)
    instance = instance_of(launcher_settings().data)
    if not instance.is_running():
        raise Fault("Nothing runs here; start the suite with ./camp up")
    names = [part["name"] for part in instance.read_state().get("parts", [])]
    if asked.name not in names:
        raise Fault(f"There is no part {asked.name!r}; the parts are: {', '.join(names)}")
    if asked.what == "stop":
        instance.hold(asked.name)
    else:
        instance.release(asked.name)
    _wait_for(instance, asked.name, asked.what)
    print(f"{asked.name} is {'stopped' if asked.what == 'stop' else 'started'}.")
    return 0


def _wait_for(instance: Instance, name: str, what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for part in instance.read_state().get("parts", []):
            is_gone = part["pid"] is None
            if part["name"] == name and part["state"] == WANTED[what] and is_gone == (what == "stop"):
                return
        time.sleep(0.1)
    raise Fault(f"{name} did not {what} within {PATIENCE:.0f} s; see ./camp logs {name}")
