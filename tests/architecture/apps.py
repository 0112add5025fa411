"""Each web app of the suite, put together without anything behind it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from gateway.app import create_app as create_gateway
from gateway.settings import Settings as GatewaySettings
from services.booking.app import create_app as create_booking
from services.booking.settings import Settings as BookingSettings
from services.kernel.caller import generate_keypair
from services.notifications.app import create_app as create_notifications
from services.notifications.settings import Settings as NotificationsSettings

CHECKOUT = Path(__file__).resolve().parents[2]
PRIVATE, PUBLIC = generate_keypair()
NOWHERE = {"redis_url": "redis://127.0.0.1:1/0", "database_url": "sqlite:////nowhere/at/all.db"}
SECRET = "a secret of the tests that is long enough"


def clock() -> datetime:
    """A moment."""
    return datetime(2026, 3, 2, 8, tzinfo=UTC)


def booking() -> Flask:
    """The booking service."""
    return create_booking(
        BookingSettings(
            **NOWHERE,
            public_url="http://camp.test",
            link_secret=SECRET,
            caller_public_keys={"gateway": PUBLIC},
            clock=clock,
        )
    )


def notifications() -> Flask:
    """The notifications service."""
    return create_notifications(
        NotificationsSettings(
            **NOWHERE,
            centre=CHECKOUT / "deploy" / "centres" / "poznan-camp.yaml",
            mail_dir=Path("/nowhere/mail"),
            caller_public_keys={"gateway": PUBLIC},
            clock=clock,
        )
    )


def gateway() -> Flask:
    """The gateway."""
    return create_gateway(
        GatewaySettings(
            **NOWHERE,
            booking_url="http://127.0.0.1:1",
            notifications_url="http://127.0.0.1:1",
            public_url="http://camp.test",
            private_key=PRIVATE,
            secret_key=SECRET,
            clock=clock,
        )
    )


APPS: dict[str, Callable[[], Flask]] = {
    "booking": booking,
    "notifications": notifications,
    "gateway": gateway,
}
