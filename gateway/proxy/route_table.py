"""Which service answers which part of the API. What is not here is not reached from outside."""

API_ROOT = "/api/v1/"

BOOKING = (
    "availability",
    "calendars",
    "centre",
    "closures",
    "holds",
    "outbox",
    "reservations",
    "rooms",
    "series",
)
NOTIFICATIONS = ("deliveries",)

ROUTES: dict[str, str] = {
    **dict.fromkeys(BOOKING, "booking"),
    **dict.fromkeys(NOTIFICATIONS, "notifications"),
}
"""The first part of an address behind API_ROOT, and the service that answers it."""


def find_service(path: str) -> str | None:
    """The service that answers an address; None where nobody does."""
    if not path.startswith(API_ROOT):
        return None
    return ROUTES.get(path[len(API_ROOT) :].partition("/")[0])
