"""What /readyz says, as a person reads it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from deploy.embedded.readiness import Readiness, ask_readiness

AWAY = {"name": "redis", "ok": False, "needed": True, "reason": "No answer.", "mend": "Start it."}
WELL = {"name": "database", "ok": True, "needed": True, "reason": "", "mend": ""}


@pytest.fixture
def service() -> Iterator[type[BaseHTTPRequestHandler]]:
    """A service that answers what its class attributes say; `url` is its address."""

    class Handler(BaseHTTPRequestHandler):
        status, body, url = 200, b"", ""

        def do_GET(self) -> None:
            self.send_response(self.status)
            self.end_headers()
            self.wfile.write(self.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Handler.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Handler
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, {"parts": [WELL]}, Readiness(True, ())),
        (200, {"parts": [WELL, AWAY | {"needed": False}]}, Readiness(True, ("redis: No answer. Start it.",))),
        (503, {"parts": [WELL, AWAY]}, Readiness(False, ("redis: No answer. Start it.",))),
        (502, {}, Readiness(False, ("answers 502",))),
        (503, "text", Readiness(False, ("answers 503",))),
    ],
)
def test_an_answer_is_read(service, status: int, body: object, expected: Readiness) -> None:
    service.status, service.body = status, json.dumps(body).encode()
    assert ask_readiness(service.url) == expected


def test_a_service_that_does_not_answer_is_not_ready() -> None:
    readiness = ask_readiness("http://127.0.0.1:1")
    assert not readiness.ready
    assert "does not answer" in readiness.faults[0]
