"""The service's settings; the only place where it reads the environment."""

import os
from dataclasses import dataclass

from services.kernel import parsers
from services.kernel.caller import public_keys
from services.kernel.clock import Clock
from services.kernel.settings import clock_setting, log_level_setting, read_settings, setting


@dataclass(frozen=True)
class StoreSettings:
    """What migrations and loading a centre need."""

    database_url: str = setting(
        "BOOKING_DATABASE_URL",
        parsers.database_url,
        help="Database of the booking service, sqlite:////folder/file.db or postgresql://…",
        secret=True,
    )
    log_level: str = log_level_setting()
    clock: Clock = clock_setting()


@dataclass(frozen=True)
class Settings(StoreSettings):
    """Everything that can be set for the booking service."""

    redis_url: str = setting(
        "REDIS_URL",
        parsers.url("redis", "rediss", "unix"),
        help="Redis or Valkey server for the queue.",
        secret=True,
    )
    public_url: str = setting(
        "CAMP_PUBLIC_URL",
        parsers.url("http", "https"),
        help="Address under which people reach the suite; mailed links start with it.",
    )
    link_secret: str = setting(
        "BOOKING_LINK_SECRET",
        parsers.secret(),
        help="Secret behind the keys in mailed links; at least 32 random characters.",
        secret=True,
    )
    caller_public_keys: dict[str, str] = setting(
        "CALLER_PUBLIC_KEYS",
        public_keys,
        help="Public keys of those who may say who calls, as JSON {issuer: PEM}.",
    )


def settings_from_environment() -> Settings:
    """The settings of this process; SettingsError names each fault with its mend."""
    return read_settings(Settings, os.environ)


def store_settings_from_environment() -> StoreSettings:
    """The part of the settings that the command line needs."""
    return read_settings(StoreSettings, os.environ)
