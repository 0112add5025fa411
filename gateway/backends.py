"""The services behind the pages, as the application was given them."""

from __future__ import annotations

from typing import cast

from gateway.clients.booking import BookingClient
from gateway.clients.notifications import NotificationsClient
from services.kernel.web import part


def booking() -> BookingClient:
    """The client of booking."""
    return cast(BookingClient, part("booking"))


def notifications() -> NotificationsClient:
    """The client of notifications."""
    return cast(NotificationsClient, part("notifications"))
