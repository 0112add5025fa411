"""The web app of the booking service: the one place where its parts meet."""

from flask import Flask

from services.booking.readiness import checks_of, gauges_of
from services.booking.routes import decisions, outbox, rooms
from services.booking.settings import Settings
from services.booking.usecases.links import Links
from services.kernel.caller import CallerVerifier
from services.kernel.clock import Clock
from services.kernel.database import Database
from services.kernel.queue import Queues
from services.kernel.web import Parts, create_flask_app, signed_caller

NAME, VERSION = "booking", "1"


def create_app(settings: Settings) -> Flask:
    """The app as the settings ask for it."""
    return compose(
        Database(settings.database_url),
        settings.clock,
        CallerVerifier(settings.caller_public_keys, audience=NAME),
        Queues(settings.redis_url),
        Links(settings.link_secret, settings.public_url),
    )


def compose(
    database: Database, clock: Clock, verifier: CallerVerifier, queues: Queues, links: Links
) -> Flask:
    """The app made of these parts; `queues` is only asked whether it answers."""
    parts = Parts(
        database=database,
        clock=clock,
        identify=signed_caller(verifier),
        queues=queues,
        checks=checks_of(database, queues),
        extras={"links": links},
    )
    return create_flask_app(
        NAME,
        version=VERSION,
        parts=parts,
        blueprints=[rooms.blueprint, decisions.blueprint, outbox.blueprint],
        docs_title="Booking",
        gauges=gauges_of(database, clock),
    )
