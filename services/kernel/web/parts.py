"""What a request works with: handed to the app once, reached by short names in routes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask, current_app, g, request

from services.kernel.caller import Caller, CallerVerifier
from services.kernel.clock import Clock
from services.kernel.database import Database
from services.kernel.errors import Unauthenticated
from services.kernel.health import Check
from services.kernel.queue import Queues

_NAME = "camp.parts"


@dataclass(frozen=True)
class Parts:
    """The parts of a running service. `identify` tells who sent the present request."""

    database: Database
    clock: Clock
    identify: Callable[[], Caller]
    queues: Queues | None = None
    checks: tuple[Check, ...] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)


def install_parts(app: Flask, parts: Parts) -> None:
    """Give the app its parts."""
    app.extensions[_NAME] = parts


def parts() -> Parts:
    """The parts of the present app."""
    found: Parts = current_app.extensions[_NAME]
    return found


def database() -> Database:
    """The store of the present app."""
    return parts().database


def now() -> datetime:
    """The present moment by the app's clock, as aware UTC; the same during one request."""
    if "now" not in g:
        g.now = parts().clock()
    moment: datetime = g.now
    return moment


def caller() -> Caller:
    """Who sent the present request; raises Unauthenticated when that cannot be told."""
    if "caller" not in g:
        g.caller = parts().identify()
    found: Caller = g.caller
    return found


def part(name: str) -> Any:
    """A part that only this service has."""
    return parts().extras[name]


def signed_caller(verifier: CallerVerifier) -> Callable[[], Caller]:
    """The way in which a service identifies: by the signed statement in the Authorization header."""

    def identify() -> Caller:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("caller_missing", "The request carries no signed caller.")
        return verifier.verify(token.strip())

    return identify
