"""Who comes to a reservation: the caller, and the key from a mailed link where one is sent along."""

from flask import request

from services.booking.usecases.access import Visitor
from services.booking.usecases.links import Links
from services.kernel.web import caller, part

KEY_HEADER = "Reservation-Key"

KEY_PARAMETER = {
    "in": "header",
    "name": KEY_HEADER,
    "description": "The key from the mailed link, for whoever has no account.",
    "schema": {"type": "string"},
}
VERSION_PARAMETER = {
    "in": "header",
    "name": "If-Match",
    "description": "The ETag that was read: with another version nothing is changed (412).",
    "schema": {"type": "string"},
}


def links() -> Links:
    """The links of this centre."""
    found: Links = part("links")
    return found


def visitor() -> Visitor:
    """Who sends the present request."""
    return Visitor(caller(), request.headers.get(KEY_HEADER) or None, links())
