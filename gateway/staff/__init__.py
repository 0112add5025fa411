"""The pages of the centre's staff."""

from gateway.staff.blueprint import blueprint
from gateway.staff.routes import outbox, requests, today

__all__ = ["blueprint", "outbox", "requests", "today"]
