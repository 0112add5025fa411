"""What each setting is in this instance, where it comes from, and which part gets to see it."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from deploy.embedded.composition import ALL_SERVICES, INNER_SERVICES, Service, services_settings_info
from deploy.embedded.faults import Fault
from deploy.embedded.folders import Folders
from deploy.embedded.secret_store import SIGNERS, public_keys
from deploy.embedded.settings import CHECKOUT, LauncherSettings, launcher_settings_info
from services.kernel import parsers
from services.kernel.clock import clock_from, real_time
from services.kernel.settings import SettingInfo, SettingsError, check_unknown, describe, read_settings

PREFIXES = ("CAMP_", "BOOKING_", "NOTIFICATIONS_", "GATEWAY_")
PATHS = ("CAMP_DATA", "CAMP_CENTRE", "CAMP_MAIL_DIR")
# What a Python process needs from ours whatever it does; all else it gets by name.
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "USER", "CI")
CHOSEN_HERE = ("CALLER_PUBLIC_KEYS", *(service.url_setting for service in INNER_SERVICES))


@dataclass(frozen=True)
class Value:
    """A setting's text and its source: `environment`, `generated` (by ./camp) or `default`."""

    text: str
    source: str


def all_settings_info() -> list[SettingInfo]:
    """Every setting of the suite, each name once; the launcher's come first."""
    found: dict[str, SettingInfo] = {}
    for info in [*launcher_settings_info(), *services_settings_info()]:
        found.setdefault(info.name, info)
    return list(found.values())


def check_names(environ: Mapping[str, str]) -> None:
    """Raise Fault for variables that look like settings and are none, or that ./camp chooses itself."""
    lines = check_unknown(environ, all_settings_info(), PREFIXES)
    lines += [
        f"{name} is chosen by ./camp itself; unset it"
        for name in CHOSEN_HERE
        if environ.get(name, "").strip()
    ]
    if lines:
        raise Fault(*lines)


def planned_values(environ: Mapping[str, str], settings: LauncherSettings) -> dict[str, Value]:
    """The values that are known before anything is started. Raises Fault."""
    folders = Folders(settings.data)
    generated = {
        service.database_setting: f"sqlite:///{folders.databases / service.name}.db"
        for service in ALL_SERVICES
    }
    generated["CAMP_MAIL_DIR"] = str(folders.mail)
    generated["CAMP_PUBLIC_URL"] = f"http://{public_host(settings.host)}:{settings.port}"
    values = {info.name: Value(info.default, "default") for info in all_settings_info()}
    values |= {name: Value(text, "generated") for name, text in generated.items()}
    values |= {name: Value(environ[name], "environment") for name in values if environ.get(name, "").strip()}
    for name in PATHS:
        values[name] = Value(str(parsers.path(values[name].text)), values[name].source)
    return values


def with_secrets(values: Mapping[str, Value], kept: Mapping[str, str]) -> dict[str, Value]:
    """The values together with the kept secrets, where the environment gives none."""
    completed = dict(values)
    for name, text in kept.items():
        if name in completed and completed[name].source != "environment":
            completed[name] = Value(text, "generated")
    return completed


def started_values(
    values: Mapping[str, Value], addresses: Mapping[str, str], redis_url: str
) -> dict[str, str]:
    """Everything the parts are told, as texts, with one clock for all of them.

    `addresses`: the urls chosen at this start, by the setting that names them. Raises Fault.
    """
    told = {name: value.text for name, value in values.items() if value.text}
    told.update(addresses)
    told["REDIS_URL"] = redis_url
    told["CALLER_PUBLIC_KEYS"] = _public_keys(told)
    if told.get("CAMP_CLOCK"):
        told["CAMP_CLOCK"] = clock_offset(told["CAMP_CLOCK"])
    return told


def clock_offset(value: str) -> str:
    """A clock setting as seconds from real time, so that processes started later agree. Raises Fault."""
    try:
        seconds = (clock_from(value)() - real_time()).total_seconds()
    except ValueError as error:
        raise Fault(f"CAMP_CLOCK: {error}") from error
    return f"{seconds:+.3f}"


def check_values(told: Mapping[str, str]) -> None:
    """Read the settings of every service as it will itself; raise Fault with a line for each wrong one."""
    lines: list[str] = []
    for service in ALL_SERVICES:
        try:
            read_settings(service.settings, part_environment(told, [service]))
        except SettingsError as error:
            lines += [line for line in error.lines if line not in lines]
    if lines:
        raise Fault(*lines)


def part_environment(told: Mapping[str, str], services: Iterable[Service]) -> dict[str, str]:
    """The environment of a part that acts for these services: their settings and nothing of the others'."""
    names = {info.name for service in services for info in describe(service.settings)}
    return base_environment() | {name: told[name] for name in sorted(names) if name in told}


def base_environment() -> dict[str, str]:
    """What every child gets."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return inherited | {"PYTHONPATH": str(CHECKOUT), "PYTHONUNBUFFERED": "1"}


def public_host(host: str) -> str:
    """How a person on this machine writes the address that the gateway listens on."""
    if host in ("127.0.0.1", "0.0.0.0", "::", "::1", ""):
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _public_keys(told: Mapping[str, str]) -> str:
    try:
        return json.dumps(public_keys(told))
    except ValueError as error:
        names = " or ".join(SIGNERS)
        raise Fault(f"{names} is not an Ed25519 private key; give one as PEM, or leave it unset") from error
