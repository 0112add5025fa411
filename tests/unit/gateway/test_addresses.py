"""Where a request goes on, and where an answer may send its reader."""

import pytest

from gateway.proxy.addresses import local_location, upstream_address
from gateway.proxy.route_table import find_service
from services.kernel.errors import NotFound

# what a request's path reads once it is decoded, and its query as it came; what the service is sent
PASSING = {
    "plain": ("/api/v1/rooms", b"", "/api/v1/rooms"),
    "a query as it is": ("/api/v1/rooms", b"a=%2F&b=x+y", "/api/v1/rooms?a=%2F&b=x+y"),
    "letters of Polish": ("/api/v1/rooms/świetlica", b"", "/api/v1/rooms/%C5%9Bwietlica"),
    "encoded twice stays encoded once more": ("/api/v1/rooms/%2e%2e", b"", "/api/v1/rooms/%252e%252e"),
    "a question mark of the path": ("/api/v1/rooms/a?b", b"", "/api/v1/rooms/a%3Fb"),
    "a fragment": ("/api/v1/rooms/a#b", b"", "/api/v1/rooms/a%23b"),
    "bytes in the query": ("/api/v1/rooms", b"a=\xc5\x9b\r\n", "/api/v1/rooms?a=%C5%9B%0D%0A"),
    "dots in names": ("/api/v1/rooms/x/calendar.ics", b"", "/api/v1/rooms/x/calendar.ics"),
    "more than two dots": ("/api/v1/rooms/...", b"", "/api/v1/rooms/..."),
}
STAYING = [
    "/api/v1/rooms/../../internal",
    "/api/v1/rooms/./x",
    "/api/v1/rooms/",
    "/api/v1//rooms",
    "/api/v1/rooms/a\\..\\b",
    "/api/v1/rooms/a\x00b",
    "/api/v1/rooms/a\nb",
    "/api/v1/rooms/�",
]


@pytest.mark.parametrize(("path", "query", "sent"), PASSING.values(), ids=PASSING)
def test_an_address_is_written_anew(path: str, query: bytes, sent: str) -> None:
    assert upstream_address(path, query) == sent


@pytest.mark.parametrize("path", STAYING)
def test_what_leads_elsewhere_leads_nowhere(path: str) -> None:
    with pytest.raises(NotFound):
        upstream_address(path, b"")


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("/api/v1/rooms/x?a=b", "/api/v1/rooms/x?a=b"),
        ("http://127.0.0.1:8101/api/v1/rooms", "/api/v1/rooms"),
        ("x", "x"),
        ("http://127.0.0.1:8102/api/v1/rooms", None),
        ("//evil.example/x", None),
        ("https://127.0.0.1:8101/x", None),
        ("http://127.0.0.1:8101//evil.example/x", None),
        ("/\\evil.example/x", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_location_leads_through_the_door_or_nowhere(location: str, told: str | None) -> None:
    assert local_location(location, "http://127.0.0.1:8101") == told


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/api/v1/rooms", "booking"),
        ("/api/v1/rooms/x/availability", "booking"),
        ("/api/v1/deliveries", "notifications"),
        ("/api/v1/roomsx", None),
        ("/api/v1/", None),
        ("/api/v2/rooms", None),
        ("/internal/rooms", None),
        ("/metrics", None),
    ],
)
def test_only_what_is_declared_has_a_service(path: str, service: str | None) -> None:
    assert find_service(path) == service
