"""A body that is too long gets its answer, from a real server and whatever route it goes to."""

import socket
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.serving import make_server

from services.kernel.web.body_limit import install_body_limit
from services.kernel.web.problems import install_problem_handlers

LIMIT = 1000


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    app = Flask("limited")
    install_body_limit(app, LIMIT)
    install_problem_handlers(app)
    app.add_url_rule("/unread", view_func=lambda: "ok", methods=["POST"])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield "127.0.0.1", server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def post(address: tuple[str, int], path: str, length: int) -> bytes:
    """The first line of the answer to a client that reads only after it has written everything."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
    with socket.create_connection(address, timeout=20) as client:
        client.sendall(head.encode() + b"a" * length)
        with client.makefile("rb") as answer:
            return answer.readline()


@pytest.mark.parametrize("path", ["/unread", "/nowhere"])
@pytest.mark.parametrize("length", [LIMIT + 1, 10_000_000])
def test_a_long_body_is_told_so(address: tuple[str, int], path: str, length: int) -> None:
    assert b" 413 " in post(address, path, length)


def test_a_body_at_the_limit_is_taken(address: tuple[str, int]) -> None:
    assert b" 200 " in post(address, "/unread", LIMIT)
