"""Installing the front-end libraries by npm from the lock file; the pages work without them, plainer."""

import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.embedded.settings import CHECKOUT
from deploy.embedded.setup.node import find_npm
from deploy.embedded.setup.stamps import Stamp, fingerprint

FRONTEND = CHECKOUT / "gateway" / "frontend"
FOR_PAGES, FOR_TESTS = "pages", "tests"
SECONDS = 600


def is_installed(folder: Path = FRONTEND, purpose: str = FOR_PAGES) -> bool:
    """Whether what the lock file names is installed, for the pages or for the tests as well."""
    stamp = _stamp(folder)
    wanted = [FOR_TESTS] if purpose == FOR_TESTS else [FOR_PAGES, FOR_TESTS]
    try:
        return any(stamp.matches(_fingerprint(folder, one)) for one in wanted)
    except OSError:
        return False


def install_frontend(folder: Path = FRONTEND, purpose: str = FOR_PAGES) -> str | None:
    """Install the libraries unless they are there; returns None, or one line on why that did not work."""
    if is_installed(folder, purpose):
        return None
    if not os.access(folder, os.W_OK):
        return f"The front-end libraries are not installed ({folder} cannot be written); pages work without."
    with _alone(folder):
        if is_installed(folder, purpose):  # another instance may have done it while we waited
            return None
        npm = find_npm()
        if npm is None:
            return (
                "The front-end libraries are not installed (no Node.js 18 or later, nor could its wheel be "
                "installed); pages work without. Mend: install Node.js and run it again."
            )
        return _run_npm(npm, folder, purpose)


def _run_npm(npm: list[str], folder: Path, purpose: str) -> str | None:
    print("Installing the front-end libraries (only when they changed) …", flush=True)
    command = [*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    if purpose == FOR_PAGES:
        command.append("--omit=dev")
    environment = dict(os.environ)
    if len(npm) > 1:  # npm from the wheel: its node must be found by what npm starts
        environment["PATH"] = os.pathsep.join([str(Path(npm[0]).parent), environment.get("PATH", "")])
    try:
        done = subprocess.run(command, cwd=folder, env=environment, timeout=SECONDS, check=False)
        if done.returncode == 0:
            _stamp(folder).write(_fingerprint(folder, purpose))
            return None
        reason = f"npm ended with {done.returncode}"
    except subprocess.TimeoutExpired:
        reason = f"npm took more than {SECONDS} s"
    except OSError as error:
        reason = str(error)
    return (
        f"The front-end libraries could not be installed ({reason}; it says more in frontend.log); "
        "the pages work without them. Mend: look at the connection, then run it again."
    )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _stamp(folder: Path) -> Stamp:
    return Stamp(folder / "node_modules" / ".camp-stamp")


def _fingerprint(folder: Path, purpose: str) -> str:
    return fingerprint([folder / "package-lock.json"], purpose)


def main() -> None:
    """Install for the pages; what keeps it is one line, and no failure."""
    notice = install_frontend()
    if notice:
        print(notice, flush=True)


if __name__ == "__main__":
    main()
