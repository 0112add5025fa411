"""`./camp admin create`: make an administrator's account in this instance."""

import os
import subprocess
import sys

from deploy.embedded.commands.options import Options, launcher_settings
from deploy.embedded.composition import GATEWAY
from deploy.embedded.environment import check_names, part_environment
from deploy.embedded.faults import Fault
from deploy.embedded.offline import offline_values
from deploy.embedded.settings import CHECKOUT


def run(arguments: list[str]) -> int:
    """Hand over to the gateway's own command, with this instance's settings and the terminal."""
    options = Options("admin")
    options.add_argument("what", choices=("create",))
    _, rest = options.parse_known_args(arguments)
    settings = launcher_settings()
    check_names(os.environ)
    if not any(argument.startswith("--email") for argument in rest):
        rest = ["--email", _ask_email(), *rest]
    command = [sys.executable, "-P", "-m", "gateway.cli", "create-admin", *rest]
    environment = part_environment(offline_values(os.environ, settings), [GATEWAY])
    environment["TERM"] = os.environ.get("TERM", "dumb")
    return subprocess.run(command, env=environment, cwd=CHECKOUT, check=False).returncode


def _ask_email() -> str:
    if not sys.stdin.isatty():
        raise Fault("Whose account? Give it as ./camp admin create --email ADDRESS")
    return input("E-mail: ").strip()
