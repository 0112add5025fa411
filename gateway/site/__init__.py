"""The public pages: rooms, booking, one's own bookings, logging in."""

from gateway.site.blueprint import blueprint
from gateway.site.routes import book, bookings, home, one_booking, room, session

__all__ = ["blueprint", "book", "bookings", "home", "one_booking", "room", "session"]
