"""`./camp status`: which parts run, and where the suite is reached."""

from deploy.embedded.commands.options import Options, launcher_settings
from deploy.embedded.instance import instance_of
from deploy.embedded.readiness import ask_readiness

NOT_RUNNING = 3


def run(arguments: list[str]) -> int:
    """Print the state; 0 when all runs and is ready, 1 when something is missing, 3 when nothing runs."""
    Options("status").parse_args(arguments)
    settings = launcher_settings()
    instance = instance_of(settings.data)
    state = instance.read_state()
    if not instance.is_running() or not state:
        print(f"Nothing runs with the data folder {settings.data}. Start it with ./camp up")
        return NOT_RUNNING
    print(f"{state['phase']}: process {instance.pid()}, data folder {settings.data}")
    for part in state["parts"]:
        restarts = f", started again {part['restarts']} times" if part["restarts"] else ""
        print(f"  {part['name']:<14} {part['state']:<9} {part['pid'] or '-':>7}{restarts}")
    readiness = ask_readiness(state["gateway"])
    if state["phase"] == "ready" and readiness.ready:
        print(f"Ready at {state['public_url']}")
        return 0
    for fault in readiness.faults:
        print(f"  not ready: {fault}")
    return 1
