"""The launcher's own settings; each service has its own beside its code."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from services.kernel import parsers
from services.kernel.settings import SettingInfo, describe, read_settings, setting

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class LauncherSettings:
    """How `./camp up` runs the suite on this machine."""

    data: Path = setting(
        "CAMP_DATA",
        parsers.path,
        default=CHECKOUT / "var",
        help="Folder of everything that is kept: databases, mail, logs, secrets.",
    )
    host: str = setting(
        "CAMP_HOST",
        parsers.text,
        default="127.0.0.1",
        help="Address that the gateway listens on; 0.0.0.0 lets other machines in.",
    )
    port: int = setting("CAMP_PORT", parsers.port, default=8080, help="Port that the gateway listens on.")
    centre: Path = setting(
        "CAMP_CENTRE",
        parsers.path,
        default=CHECKOUT / "deploy" / "centres" / "poznan-camp.yaml",
        help="Centre file to load: rooms, hours, policies, texts.",
    )
    web_processes: int = setting(
        "CAMP_WEB_PROCESSES",
        parsers.whole_number(1, 64),
        default=2,
        help="Processes of the gateway and of booking, each; notifications has one.",
    )
    web_threads: int = setting(
        "CAMP_WEB_THREADS",
        parsers.whole_number(1, 128),
        default=8,
        help="Requests that each of these processes serves at once.",
    )
    redis_url: str = setting(
        "REDIS_URL",
        parsers.url("redis", "rediss", "unix"),
        default="",
        secret=True,
        help="Redis or Valkey server for the queue and the limits; without it ./camp runs its own Valkey.",
    )
    valkey_fsync: str = setting(
        "CAMP_VALKEY_FSYNC",
        parsers.one_of("everysec", "always", "no"),
        default="everysec",
        help="How often the built-in Valkey brings its log to the disk: everysec, always or no.",
    )


@dataclass(frozen=True)
class ToolSettings:
    """Variables that are read outside the launcher proper; named here so that all settings are known."""

    python: str = setting(
        "CAMP_PYTHON",
        parsers.text,
        default="",
        help="Python (3.11 or later) to make the environment with; by default ./camp looks for one.",
    )
    contracts: str = setting(
        "CAMP_CONTRACTS",
        parsers.text,
        default="",
        help="Folder of published standards (HSDS) that some tests compare with; tests only.",
    )


def read_launcher_settings(environ: Mapping[str, str]) -> LauncherSettings:
    """The launcher's settings; raises SettingsError."""
    return read_settings(LauncherSettings, environ)


def launcher_settings_info() -> list[SettingInfo]:
    """What there is to know about each setting of the launcher and its tools."""
    return [*describe(LauncherSettings), *describe(ToolSettings)]
