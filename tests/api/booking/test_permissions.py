"""Who may call which endpoint: one table for all of them."""

import pytest

from services.booking.app import NAME
from services.kernel.caller import CallerSigner, generate_keypair
from services.kernel.web import allowed_of
from tests.support.booking import CALLERS, SIGNER, wish

ANYONE = dict.fromkeys(CALLERS, 200)
STAFF = {"anonymous": 401, "person": 403, "other": 403, "service": 403, "staff": 200, "admin": 200}
OWNER = {"anonymous": 404, "person": 200, "other": 404, "service": 404, "staff": 200, "admin": 200}
PEOPLE = {**ANYONE, "anonymous": 401, "service": 403}
# {id} is a reservation of `person` in the studio, which staff have still to decide
TABLE = [
    ("GET", "/centre", None, ANYONE),
    ("GET", "/rooms", None, ANYONE),
    ("GET", "/rooms/hall", None, ANYONE),
    ("GET", "/rooms/hall/availability?from=2026-11-25&to=2026-11-26", None, ANYONE),
    ("POST", "/reservations/check", wish(), ANYONE),
    ("POST", "/reservations", wish(), dict.fromkeys(CALLERS, 201)),
    ("GET", "/reservations", None, PEOPLE),
    ("GET", "/reservations/{id}", None, OWNER),
    # it waits for staff: there is nothing to confirm, and whoever may see it is told how it stands
    ("POST", "/reservations/{id}/confirm", {}, OWNER),
    ("POST", "/reservations/{id}/cancel", {}, OWNER),
    ("POST", "/reservations/{id}/approve", {}, STAFF),
    ("POST", "/reservations/{id}/decline", {"reason": "Remont"}, STAFF),
    ("GET", "/outbox", None, STAFF),
]


@pytest.mark.parametrize("who", CALLERS)
@pytest.mark.parametrize(("method", "path", "body", "statuses"), TABLE, ids=lambda value: str(value)[:40])
def test_who_may(api, method, path, body, statuses, who):
    asked = api.booked("person", room_id="studio", participants=5)
    answer = api.send(who, method, path.format(id=asked["id"]), json=body)
    assert answer.status_code == statuses[who], answer.text
    if answer.status_code >= 400:
        assert answer.content_type == "application/problem+json"
        assert "aneta" not in answer.text


def test_the_table_has_every_endpoint(app):
    served = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/")
    }
    adapter = app.url_map.bind("camp.test")
    listed = set()
    for method, path, _, _ in TABLE:
        plain = "/api/v1" + path.partition("?")[0].format(id="0190c1f2-7d3e-7a11-8b52-3f1d5c9a0001")
        rule, _ = adapter.match(plain, method=method, return_rule=True)
        listed.add((method, rule.rule))
    assert listed == served


def test_every_route_says_who_may_call_it(app):
    for rule in app.url_map.iter_rules():
        assert allowed_of(app.view_functions[rule.endpoint]) is not None, rule.rule


@pytest.mark.parametrize(
    "header",
    [
        None,
        "Bearer",
        "Bearer forged",
        "Basic cGVyc29uOnBlcnNvbg==",
        f"Bearer {SIGNER.sign(CALLERS['admin'], 'notifications')}",
        f"Bearer {CallerSigner(generate_keypair()[0], 'gateway').sign(CALLERS['admin'], NAME)}",
        f"Bearer {CallerSigner(generate_keypair()[0], 'somebody').sign(CALLERS['admin'], NAME)}",
    ],
    ids=["none", "empty", "forged", "another scheme", "another audience", "another key", "another issuer"],
)
@pytest.mark.parametrize("path", ["/rooms", "/reservations", "/outbox"])
def test_without_a_signed_caller_nothing_is_told(app, header, path):
    headers = {"Authorization": header} if header else {}
    assert app.test_client().get(f"/api/v1{path}", headers=headers).status_code == 401
