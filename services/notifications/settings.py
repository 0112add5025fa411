"""The service's settings; the only place where it reads the environment."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from services.kernel import parsers
from services.kernel.caller import public_keys
from services.kernel.clock import Clock
from services.kernel.settings import clock_setting, log_level_setting, read_settings, setting
from services.notifications.domain.addresses import sendable
from services.notifications.domain.mail_server import MailServer, parse_mail_server
from services.notifications.domain.message import Person
from services.notifications.domain.texts import one_line

_NAMED = re.compile(r"\s*(?P<name>[^<>]*?)\s*<(?P<address>[^<>]+)>\s*")


def mail_address(value: str) -> Person:
    """Parser of `name@example.org` or `The Centre <name@example.org>`."""
    named = _NAMED.fullmatch(value)
    name, address = (named["name"].strip('"'), named["address"]) if named else ("", value)
    try:
        return Person(one_line(name), sendable(address))
    except ValueError:
        raise ValueError("is not an address; give one like The Centre <centre@example.org>") from None


@dataclass(frozen=True)
class StoreSettings:
    """What migrations need."""

    database_url: str = setting(
        "NOTIFICATIONS_DATABASE_URL",
        parsers.database_url,
        help="Database of the notifications service, sqlite:////folder/file.db or postgresql://…",
        secret=True,
    )
    log_level: str = log_level_setting()


@dataclass(frozen=True)
class Settings(StoreSettings):
    """Everything that can be set for the notifications service."""

    redis_url: str = setting(
        "REDIS_URL",
        parsers.url("redis", "rediss", "unix"),
        help="Redis or Valkey server for the queue.",
        secret=True,
    )
    centre: Path = setting("CAMP_CENTRE", parsers.path, help="Centre file: names, contact and time zone.")
    mail_server: MailServer | None = setting(
        "SMTP_URL",
        parse_mail_server,
        help="Mail server, smtp://user:password@host:port?starttls=1 or smtps://…; without it mail is kept.",
        default=None,
        secret=True,
    )
    mail_dir: Path = setting(
        "CAMP_MAIL_DIR",
        parsers.path,
        help="Folder where mail is kept when SMTP_URL is not set.",
        default=Path("var/mail"),
    )
    mail_from: Person | None = setting(
        "CAMP_MAIL_FROM",
        mail_address,
        help="Sender of the mail, The Centre <centre@example.org>; by default the centre's contact.",
        default=None,
    )
    keep_days: int = setting(
        "NOTIFICATIONS_KEEP_DAYS",
        parsers.whole_number(1, 3650, "number of days"),
        help="Days after which addresses and texts are erased from the delivery log.",
        default=90,
    )
    caller_public_keys: dict[str, str] = setting(
        "CALLER_PUBLIC_KEYS",
        public_keys,
        help="Public keys of those who may say who calls, as JSON {issuer: PEM}.",
    )
    clock: Clock = clock_setting()


def store_settings_from_environment() -> StoreSettings:
    """What migrations need, and nothing else."""
    return read_settings(StoreSettings, os.environ)


def settings_from_environment() -> Settings:
    """The settings of this process; SettingsError names each fault with its mend."""
    return read_settings(Settings, os.environ)
