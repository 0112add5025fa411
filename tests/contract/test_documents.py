"""Whatever fits the API document, or just does not, is answered in order: schemathesis finds no 5xx."""

from collections.abc import Iterator

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings

from services.booking.app import NAME, compose
from services.kernel.caller import CallerVerifier
from services.kernel.database import Database
from services.kernel.queue import Queues
from tests.support.booking import CALLERS, LINKS, PUBLIC, SIGNER, MovingClock, migrate_and_load
from tests.support.stores import Stores

STAFF = CALLERS["staff"]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def booking(request: pytest.FixtureRequest, stores: Stores) -> Iterator[Flask]:
    """The booking service, whose queue is away."""
    with stores.migrated(request.param, "booking with a centre", migrate_and_load) as url:
        database = Database(url)
        verifier = CallerVerifier({"gateway": PUBLIC}, NAME)
        yield compose(database, MovingClock(), verifier, Queues("redis://127.0.0.1:1/0"), LINKS)
        database.dispose()


@pytest.mark.slow
def test_booking_answers_whatever_its_document_allows(booking: Flask) -> None:
    document = schemathesis.openapi.from_wsgi("/openapi.json", booking)
    tried = 0
    for result in document.get_all_operations():
        operation = result.ok()

        @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy())
        def attack(case: schemathesis.Case) -> None:
            headers = {"Authorization": f"Bearer {SIGNER.sign(STAFF, NAME)}"}
            answer = case.call(headers=headers)
            assert answer.status_code < 500, (case.method, case.formatted_path, answer.text)

        attack()
        tried += 1
    assert tried >= 12
