"""Makes .venv on first use and keeps it equal to the lock file, then hands over to deploy.embedded.

./camp runs this file with whichever Python it found, before any library is installed: only the standard
library is imported here.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import venv as venv_module
except ImportError:  # some distributions package it apart
    venv_module = None  # type: ignore[assignment]

CHECKOUT = Path(__file__).resolve().parent.parent
RUNTIME_LOCK = "requirements.lock"
TESTS_LOCK = "requirements-dev.lock"
WITHOUT_LIBRARIES = ("help", "-h", "--help")


class InstallFault(Exception):
    """Something that keeps the libraries from being installed; its text is one line with the mend."""


def main(arguments: list[str]) -> int:
    """Bring the environment up to date and become the command; returns only an exit code of a failure."""
    if not arguments or arguments[0] in WITHOUT_LIBRARIES:
        become(sys.executable, arguments)
    lock_name = TESTS_LOCK if arguments[0] == "test" else RUNTIME_LOCK
    try:
        python = ensure_environment(CHECKOUT, lock_name)
    except InstallFault as fault:
        print(f"camp: {fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("camp: stopped; what was not finished is repeated next time", file=sys.stderr)
        return 130
    become(str(python), arguments)
    return 1


def become(python: str, arguments: list[str]) -> None:
    """Replace this process by the launcher proper; -P keeps the caller's folder out of the import path."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    environment["PYTHONPATH"] = str(CHECKOUT)
    os.execve(python, [python, "-P", "-m", "deploy.embedded", *arguments], environment)


def ensure_environment(checkout: Path, lock_name: str) -> Path:
    """Return the Python of an environment that holds what the lock file names; InstallFault otherwise."""
    venv = checkout / ".venv"
    if is_current(venv, checkout, lock_name):
        return venv / "bin" / "python"
    with installing_alone(checkout):
        if not is_current(venv, checkout, lock_name):  # another run may have done it while we waited
            make_venv(venv)
            install(venv, checkout / lock_name)
            remember(venv, checkout, lock_name)
    return venv / "bin" / "python"


def is_current(venv: Path, checkout: Path, lock_name: str) -> bool:
    """Whether the environment works, has the wanted Python and was installed from this very lock file."""
    if not has_wanted_python(venv):
        return False
    try:
        stamp = json.loads((venv / "camp-stamp.json").read_text())
    except (OSError, ValueError):
        return False
    wanted = fingerprint(checkout / lock_name)
    return isinstance(stamp, dict) and stamp.get(lock_name) == wanted


def fingerprint(lock_file: Path) -> str:
    """The SHA-256 of a lock file, as hexadecimal digits."""
    try:
        return hashlib.sha256(lock_file.read_bytes()).hexdigest()
    except OSError as error:
        raise InstallFault(f"cannot read {lock_file} ({error.strerror}): is the checkout whole?") from error


def has_wanted_python(venv: Path) -> bool:
    """Whether the environment's Python is still there, recent enough and the one CAMP_PYTHON asks for."""
    if not (venv / "bin" / "python").exists():  # also false for a link to a Python that was removed
        return False
    version = version_of(venv)
    if os.environ.get("CAMP_PYTHON"):
        return version == sys.version_info[:2]
    return version >= (3, 11)


def version_of(venv: Path) -> tuple[int, ...]:
    """Major and minor version of the environment's Python as pyvenv.cfg has it, () when it does not say."""
    try:
        lines = (venv / "pyvenv.cfg").read_text().splitlines()
    except OSError:
        return ()
    for line in lines:
        name, _, value = line.partition("=")
        if name.strip() in ("version", "version_info"):
            parts = value.strip().split(".")[:2]
            return tuple(int(part) for part in parts if part.isdigit())
    return ()


@contextmanager
def installing_alone(checkout: Path) -> Iterator[None]:
    """Hold the checkout's install lock: two first runs at once take turns. Freed even when we are killed."""
    lock_path = checkout / ".camp.lock"
    try:
        lock = lock_path.open("w")
    except OSError as error:
        raise InstallFault(
            f"cannot write to {checkout} ({error.strerror}); the libraries go to .venv there: "
            "give yourself write access or copy the checkout to a folder of yours"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another ./camp that is installing the libraries …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_venv(venv: Path) -> None:
    """Create the environment unless a usable one is there; pip is part of being usable."""
    if has_wanted_python(venv) and can_run_pip(venv):
        return
    if venv_module is None or importlib.util.find_spec("ensurepip") is None:  # as on bare Debian
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise InstallFault(
            f"Python {version} ({sys.executable}) comes without venv; on Debian or Ubuntu: "
            f"apt install python3-venv (or python{version}-venv)"
        )
    print(f"Making the environment {venv} with Python {sys.version.split()[0]} …", flush=True)
    try:
        venv_module.EnvBuilder(clear=True, symlinks=True, with_pip=True).create(venv)
    except (OSError, subprocess.CalledProcessError) as error:
        raise InstallFault(f"could not make {venv} ({error}); remove that folder and run it again") from error


def can_run_pip(venv: Path) -> bool:
    """Whether the environment's Python starts and has pip."""
    command = [str(venv / "bin" / "python"), "-m", "pip", "--version"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def install(venv: Path, lock_file: Path) -> None:
    """Install exactly what the lock file names, each checked against its hash; pip shows its progress."""
    print(f"Installing the libraries of {lock_file.name} (only when it changed) …", flush=True)
    command = [str(venv / "bin" / "python"), "-m", "pip", "install", "--require-hashes", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar", "on", "-r", str(lock_file)]
    if subprocess.run(command, check=False).returncode != 0:
        raise InstallFault("installing the libraries failed (pip says why above); mend that and run it again")


def remember(venv: Path, checkout: Path, lock_name: str) -> None:
    """Write what was installed, last of all: an interrupted install leaves no stamp and is repeated."""
    names = [RUNTIME_LOCK, TESTS_LOCK] if lock_name == TESTS_LOCK else [RUNTIME_LOCK]
    stamp = {name: fingerprint(checkout / name) for name in names}
    fresh = venv / "camp-stamp.json.new"
    fresh.write_text(json.dumps(stamp))
    fresh.replace(venv / "camp-stamp.json")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
