"""Debian packages that tests need: a PostgreSQL server and Chromium, installed where that is possible."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path


def has_postgresql() -> bool:
    """Whether a PostgreSQL server's programs are there."""
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def has_chromium() -> bool:
    """Whether Debian's Chromium is there."""
    return shutil.which("chromium") is not None


NEEDED: dict[str, Callable[[], bool]] = {"postgresql": has_postgresql, "chromium": has_chromium}


def missing_packages() -> list[str]:
    """The packages that are not installed."""
    return [name for name, is_there in NEEDED.items() if not is_there()]


def install_missing() -> str | None:
    """Install what is missing; returns None, or a line on what the tests will have to do without."""
    missing = missing_packages()
    if not missing:
        return None
    names = " ".join(missing)
    if os.getuid() != 0 or shutil.which("apt-get") is None:
        return f"Tests that need {names} will be skipped; on Debian or Ubuntu: sudo apt install {names}"
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
        print(f"apt-get {' '.join(arguments)} …", flush=True)
        done = subprocess.run(["apt-get", "-q", *arguments], env=environment, check=False)
        if done.returncode != 0:
            return f"apt-get {arguments[0]} failed; tests that need {names} will be skipped"
    return None
