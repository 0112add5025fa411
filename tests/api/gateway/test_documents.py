"""The whole API in one document, and the page on which it is read."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from gateway import assets
from gateway.docs import collecting
from services.kernel.http import HttpClient
from services.kernel.web.parts import _NAME as PARTS
from tests.api.gateway.upstream import Upstream, running_upstream, say
from tests.architecture.apps import APPS

pytestmark = pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)

CENTRE = b'{"slug": "c", "name": {"en": "Centre"}, "time_zone": "UTC", "contact": {}, "demo": true}'


def told_by(service: str) -> bytes:
    """The document of the real service."""
    return APPS[service]().test_client().get("/openapi.json").data


def serve(document: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer with the document, and with a centre where that is asked."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        say(200, document if handler.path == "/openapi.json" else CENTRE)(handler)

    return answer


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request asks the services anew."""
    monkeypatch.setattr(collecting, "KEPT_SECONDS", 0.0)
    monkeypatch.setattr(collecting, "RETRY_SECONDS", 0.0)


@pytest.fixture
def notifications(gateway: Flask) -> Iterator[Upstream]:
    """A second service; without it there is none."""
    with running_upstream() as upstream:
        services = gateway.extensions[PARTS].extras["services"]
        services["notifications"] = HttpClient(upstream.url, service="notifications")
        yield upstream


def read(client: FlaskClient) -> dict[str, Any]:
    """The document as anyone gets it."""
    answer = client.get("/api/openapi.json")
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    found: dict[str, Any] = answer.json
    return found


def test_the_whole_api_is_one_valid_document(
    client: FlaskClient, booking: Upstream, notifications: Upstream
) -> None:
    booking.answer, notifications.answer = serve(told_by("booking")), serve(told_by("notifications"))
    document = read(client)
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "http://camp.test"}]
    assert "x-missing" not in document
    wanted = {"/api/v1/tokens", "/api/v1/me", "/api/v1/reservations", "/api/v1/deliveries"}
    assert wanted <= set(document["paths"])


def test_what_the_door_does_not_let_through_is_not_in_the_document(
    client: FlaskClient, booking: Upstream
) -> None:
    paths = dict.fromkeys(("/api/v1/rooms", "/api/v1/deliveries", "/internal/x", "/metrics"), {})
    booking.answer = serve(json.dumps({"paths": paths}).encode())
    assert {path for path in read(client)["paths"] if "token" not in path and "/me" not in path} == {
        "/api/v1/rooms"
    }


def test_what_a_service_told_last_stays_while_it_is_away(
    client: FlaskClient, booking: Upstream, gateway: Flask
) -> None:
    booking.answer = serve(told_by("booking"))
    assert "/api/v1/rooms" in read(client)["paths"]
    booking.answer = say(500, b"broken")
    document = read(client)
    assert "/api/v1/rooms" in document["paths"]
    assert document["x-missing"] == ["notifications"]


@pytest.mark.parametrize("nonsense", [b"[]", b"{}", b"no JSON", b'{"paths": 1}'])
def test_nonsense_of_a_service_leaves_the_rest_readable(
    client: FlaskClient, booking: Upstream, nonsense: bytes
) -> None:
    booking.answer = serve(nonsense)
    document = read(client)
    validate(document)
    assert document["x-missing"] == ["booking", "notifications"]


def test_who_knows_the_document_already_is_told_so(client: FlaskClient, booking: Upstream) -> None:
    booking.answer = serve(told_by("booking"))
    known = client.get("/api/openapi.json").headers["ETag"]
    again = client.get("/api/openapi.json", headers={"If-None-Match": known})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("has_reader", [True, False], ids=["with the libraries", "without them"])
def test_the_page_lists_every_operation_with_or_without_its_script(
    client: FlaskClient, booking: Upstream, monkeypatch: pytest.MonkeyPatch, has_reader: bool
) -> None:
    booking.answer = serve(told_by("booking"))
    monkeypatch.setattr(assets, "library", lambda name: f"/static/vendor/{name}" if has_reader else None)
    answer = client.get("/api/docs", headers={"Accept-Language": "en"})
    page = BeautifulSoup(answer.text, "html.parser")
    listed = {heading.get_text() for heading in page.select(".operation h2")}
    operations = {
        f"{method.upper()} {path}"
        for path, item in read(client)["paths"].items()
        for method in item
        if method != "parameters"
    }
    assert listed == operations
    assert {"POST /api/v1/tokens", "POST /api/v1/reservations"} <= listed
    assert bool(page.select(".try-out")) is has_reader
    assert all(script.get("src") and not script.get_text(strip=True) for script in page.select("script"))
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_the_page_says_when_it_is_not_complete(client: FlaskClient, booking: Upstream) -> None:
    booking.answer = serve(told_by("booking"))
    assert "not complete" in client.get("/api/docs", headers={"Accept-Language": "en"}).text
