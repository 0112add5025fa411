"""Checks of the machine: Python, Node.js, disk, clock, time zones, the Valkey program."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deploy import bootstrap
from deploy.embedded import valkey
from deploy.embedded.checks.finding import Finding
from deploy.embedded.faults import Fault
from deploy.embedded.settings import CHECKOUT, LauncherSettings
from deploy.embedded.setup.frontend import is_installed
from deploy.embedded.setup.node import machine_npm, wheel_npm

MEGABYTE = 1024 * 1024
LEAST_FREE = 500 * MEGABYTE
EARLIEST_YEAR = 2026


def check_machine(settings: LauncherSettings) -> Iterator[Finding]:
    """All findings about the machine that the suite runs on."""
    yield _python()
    yield _frontend()
    yield _disk(settings.data)
    yield _clock()
    yield _zones()
    if not settings.redis_url:
        yield _valkey_program()


def _python() -> Finding:
    told = f"Python {sys.version.split()[0]} in {sys.prefix}"
    if bootstrap.is_current(Path(sys.prefix), CHECKOUT, bootstrap.RUNTIME_LOCK):
        return Finding("python", told)
    return Finding(
        "python", f"{told} does not match {bootstrap.RUNTIME_LOCK}", "run ./camp up, which installs it"
    )


def _frontend() -> Finding:
    if is_installed():
        return Finding("front-end", "libraries are installed")
    if machine_npm() or wheel_npm():
        return Finding("front-end", "libraries are not installed", "run ./camp up, which installs them")
    mend = "install Node.js 18 or later, then run ./camp up; without them pages are plainer but work"
    return Finding("front-end", "libraries are not installed and there is no Node.js", mend)


def _disk(data: Path) -> Finding:
    folder = next(path for path in (data, *data.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    told = f"{free // MEGABYTE} MB free at {folder}"
    return Finding(
        "disk", told, "" if free >= LEAST_FREE else f"free at least {LEAST_FREE // MEGABYTE} MB there"
    )


def _clock() -> Finding:
    now = datetime.now(UTC)
    mend = (
        "" if now.year >= EARLIEST_YEAR else "set the machine's clock; signatures and bookings depend on it"
    )
    return Finding("clock", now.strftime("%Y-%m-%d %H:%M:%S UTC"), mend)


def _zones() -> Finding:
    try:
        ZoneInfo("Europe/Warsaw")
    except ZoneInfoNotFoundError:
        return Finding("time zones", "no time zone data", "run ./camp up, which installs tzdata")
    return Finding("time zones", "time zone data is there")


def _valkey_program() -> Finding:
    try:
        program = valkey.find_program()
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10, check=True)
    except Fault as fault:
        return Finding("valkey", "no program is bundled", fault.lines[0])
    except (OSError, subprocess.SubprocessError) as error:
        return Finding(
            "valkey", f"the program does not run ({error})", "name a server of yours with REDIS_URL"
        )
    return Finding("valkey", done.stdout.split(" sha=")[0].strip())
