"""The gateway's settings; the only place where it reads the environment."""

import os
from dataclasses import dataclass

from services.kernel import parsers
from services.kernel.caller import private_key
from services.kernel.clock import Clock
from services.kernel.settings import clock_setting, log_level_setting, read_settings, setting


@dataclass(frozen=True)
class StoreSettings:
    """What migrations and the command line need."""

    database_url: str = setting(
        "GATEWAY_DATABASE_URL",
        parsers.database_url,
        help="Database of the gateway (accounts, sessions, tokens), sqlite:////folder/file.db or postgresql://…",
        secret=True,
    )
    log_level: str = log_level_setting()
    clock: Clock = clock_setting()
    admin_password: str | None = setting(
        "CAMP_ADMIN_PASSWORD",
        parsers.text,
        help="Password for `admin create` where nobody is there to type it.",
        default=None,
        secret=True,
    )


@dataclass(frozen=True)
class Settings(StoreSettings):
    """Everything that can be set for the gateway."""

    redis_url: str = setting(
        "REDIS_URL",
        parsers.url("redis", "rediss", "unix"),
        help="Redis or Valkey server for the limits.",
        secret=True,
    )
    booking_url: str = setting(
        "BOOKING_URL", parsers.url("http", "https"), help="Where the booking service is."
    )
    notifications_url: str = setting(
        "NOTIFICATIONS_URL", parsers.url("http", "https"), help="Where the notifications service is."
    )
    public_url: str = setting(
        "CAMP_PUBLIC_URL", parsers.url("http", "https"), help="Address under which people reach the suite."
    )
    private_key: str = setting(
        "GATEWAY_PRIVATE_KEY",
        private_key,
        help="Ed25519 key (PEM) with which the gateway says who calls.",
        secret=True,
    )
    secret_key: str = setting(
        "GATEWAY_SECRET_KEY",
        parsers.secret(),
        help="Signs the cookie that protects forms; at least 32 random characters.",
        secret=True,
    )
    trusted_proxies: int = setting(
        "CAMP_TRUSTED_PROXIES",
        parsers.whole_number(0, 8, "number of proxies"),
        help="How many proxies stand before the gateway; only then X-Forwarded-For is believed.",
        default=0,
    )
    read_timeout: float = setting(
        "GATEWAY_READ_TIMEOUT_SECONDS",
        parsers.seconds(0.1, 120),
        help="How long a service may take to answer.",
        default=10.0,
    )
    login_limit: int = setting(
        "GATEWAY_LOGINS_PER_MINUTE",
        parsers.whole_number(1, 10_000, "number of tries"),
        help="Tries to log in that may fail, for each address and for each e-mail.",
        default=10,
    )
    guest_limit: int = setting(
        "GATEWAY_GUEST_BOOKINGS_PER_HOUR",
        parsers.whole_number(1, 100_000, "number of bookings"),
        help="Bookings without an account, for each address.",
        default=30,
    )
    request_limit: int = setting(
        "GATEWAY_REQUESTS_PER_MINUTE",
        parsers.whole_number(10, 10_000_000, "number of requests"),
        help="Requests of each address to a process of the gateway.",
        default=6000,
    )


def settings_from_environment() -> Settings:
    """The settings of this process; SettingsError names each fault with its mend."""
    return read_settings(Settings, os.environ)


def store_settings_from_environment() -> StoreSettings:
    """The part of the settings that the command line needs."""
    return read_settings(StoreSettings, os.environ)
