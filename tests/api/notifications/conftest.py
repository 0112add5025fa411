"""The service's API over a migrated database, called by whomever a test names."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.kernel.caller import Caller, CallerSigner, CallerVerifier, generate_keypair, service_caller
from services.kernel.database import Database
from services.kernel.ids import new_id
from services.notifications.app import NAME, compose
from services.notifications.clients.null import NullSender
from services.notifications.db.models import Delivery
from services.notifications.domain.states import State
from tests.support.notifications import migrate
from tests.support.stores import Stores

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
PRIVATE, PUBLIC = generate_keypair()
SIGNER = CallerSigner(PRIVATE, "gateway")
CALLERS = {
    "anonymous": Caller(),
    "person": Caller(subject="person-1"),
    "staff": Caller(subject="staff-1", roles=frozenset({"staff"})),
    "admin": Caller(subject="admin-1", roles=frozenset({"admin"})),
    "service": service_caller("booking"),
}


@pytest.fixture
def store(store_name: str, stores: Stores) -> Iterator[str]:
    """The address of a migrated database, on each store in turn."""
    with stores.migrated(store_name, "notifications", migrate) as url:
        yield url


@pytest.fixture
def client(database: Database) -> FlaskClient:
    """A client of the app."""
    verifier = CallerVerifier({"gateway": PUBLIC}, NAME)
    return compose(database, lambda: NOW, verifier, NullSender()).test_client()


@pytest.fixture
def as_(client: FlaskClient) -> Callable[..., Any]:
    """Send a request as one of CALLERS: `as_("staff", "GET", "/api/v1/deliveries")`."""

    def send(who: str, method: str, path: str, **options: Any) -> Any:
        token = SIGNER.sign(CALLERS[who], NAME)
        return client.open(path, method=method, headers={"Authorization": f"Bearer {token}"}, **options)

    return send


@pytest.fixture
def add(database: Database) -> Callable[..., Delivery]:
    """Store a delivery that was sent, or as `fields` say."""

    def store_one(**fields: Any) -> Delivery:
        delivery = Delivery(
            **{
                "id": new_id(),
                "template": "reservation_confirmed",
                "language": "pl",
                "recipient_name": "Żaneta Ćwięk",
                "recipient_email": "zaneta@example.org",
                "subject": "Rezerwacja potwierdzona",
                "text": "Dzień dobry",
                "html": "<p>Dzień dobry</p>",
                "calendar_method": "REQUEST",
                "calendar": "BEGIN:VCALENDAR",
                "state": State.SENT,
                "attempts": 1,
                "tries": 1,
                "created_at": NOW,
                "sent_at": NOW,
                **fields,
            }
        )
        database.write(lambda session: session.add(delivery))
        return delivery

    return store_one
