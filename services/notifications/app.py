"""The web app of the notifications service: the one place where its parts meet."""

from flask import Flask

from services.kernel.caller import CallerVerifier
from services.kernel.clock import Clock
from services.kernel.database import Database
from services.kernel.web import Parts, create_flask_app, signed_caller
from services.notifications.clients.sender import Sender
from services.notifications.readiness import checks_of, gauges_of
from services.notifications.routes.deliveries import blueprint
from services.notifications.runtime import build_sender
from services.notifications.settings import Settings

NAME, VERSION = "notifications", "1"
# The page that asks waits for the answer: rather an early "away" than a late one.
CHECK_STEP_SECONDS, CHECK_WHOLE_SECONDS = 2.0, 4.0


def create_app(settings: Settings) -> Flask:
    """The app as the settings ask for it."""
    return compose(
        Database(settings.database_url),
        settings.clock,
        CallerVerifier(settings.caller_public_keys, audience=NAME),
        build_sender(settings, step=CHECK_STEP_SECONDS, whole=CHECK_WHOLE_SECONDS),
    )


def compose(database: Database, clock: Clock, verifier: CallerVerifier, sender: Sender) -> Flask:
    """The app made of these parts; `sender` is only asked whether it could send."""
    parts = Parts(
        database=database,
        clock=clock,
        identify=signed_caller(verifier),
        checks=checks_of(database, sender),
    )
    return create_flask_app(
        NAME,
        version=VERSION,
        parts=parts,
        blueprints=[blueprint],
        docs_title="Notifications",
        gauges=gauges_of(database, clock),
    )
