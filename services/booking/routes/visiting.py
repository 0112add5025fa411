"""Who comes to a reservation: the caller, and the key from a mailed link where one is sent along."""

from flask import request

from services.booking.usecases.access import Visitor
from services.booking.usecases.links import Links
from services.kernel.web import caller, part

KEY_HEADER = "Reservation-Key"


def links() -> Links:
    """The links of this centre."""
    found: Links = part("links")
    return found


def visitor() -> Visitor:
    """Who sends the present request."""
    return Visitor(caller(), request.headers.get(KEY_HEADER) or None, links())
