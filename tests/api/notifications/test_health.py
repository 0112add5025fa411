"""Whether the service is ready, what it measures, and its document."""

from openapi_spec_validator import validate

from services.kernel.caller import CallerVerifier
from services.notifications.app import NAME, compose
from services.notifications.clients.null import NullSender
from services.notifications.db.migrating import migrations_of

from .conftest import NOW, PUBLIC


class ShutSender(NullSender):
    """A way out that is shut."""

    def fault(self):
        return "the mail server did not answer in time"


def test_it_is_ready_when_all_its_parts_are(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (200, "ready")
    assert [part["name"] for part in answer.json["parts"]] == ["database", "migrations", "mail"]


def test_without_a_way_out_for_mail_it_is_degraded_and_ready_all_the_same(database):
    client = compose(
        database, lambda: NOW, CallerVerifier({"gateway": PUBLIC}, NAME), ShutSender()
    ).test_client()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (200, "degraded")
    mail = answer.json["parts"][2]
    assert (mail["ok"], mail["reason"]) == (False, "the mail server did not answer in time")


def test_an_unmigrated_database_is_not_ready(client, database):
    migrations_of(database).downgrade()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert [part["ok"] for part in answer.json["parts"]] == [True, False, True]


def test_deliveries_are_measured_by_state(client, add):
    add()
    add(state="waiting", next_attempt_at=NOW, sent_at=None)
    told = client.get("/metrics").text
    assert "camp_deliveries_sent 1.0" in told
    assert "camp_deliveries_waiting 1.0" in told
    assert "camp_deliveries_failed 0.0" in told
    assert "camp_deliveries_oldest_open_seconds 0.0" in told


def test_the_document_is_valid_and_names_every_route(client):
    document = client.get("/openapi.json").json
    validate(document)
    assert sorted(document["paths"]) == [
        "/api/v1/deliveries",
        "/api/v1/deliveries/{delivery_id}",
        "/api/v1/deliveries/{delivery_id}/retry",
    ]
