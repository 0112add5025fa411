"""A service behind the gateway that behaves as a test tells it to."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# What pages ask for first; to every other question it is as good as any answer.
CENTRE = b'{"items": [], "next": null, "name": {"pl": "Centrum"}, "time_zone": "Europe/Warsaw"}'


@dataclass
class Upstream:
    """The requests that came, and how the next are answered."""

    url: str = ""
    seen: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    answer: Callable[[BaseHTTPRequestHandler], None] = field(default_factory=lambda: say(200, CENTRE))


def say(status: int, body: bytes, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer with a status, a body and headers."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Type": "application/json", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return write


def hang(handler: BaseHTTPRequestHandler) -> None:
    """Say nothing for longer than anybody waits."""
    time.sleep(2.0)


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Close the connection without an answer."""
    handler.close_connection = True
    handler.connection.close()


def speak_garbage(handler: BaseHTTPRequestHandler) -> None:
    """Something that is not HTTP."""
    handler.wfile.write(b"\x00\x01garbage\r\n\r\n")
    handler.close_connection = True


def break_off(handler: BaseHTTPRequestHandler) -> None:
    """Promise more than comes."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b"[1, 2, ")
    handler.close_connection = True


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send a letter now and then, for longer than anybody waits."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    with suppress(OSError):
        for _ in range(100):
            handler.wfile.write(b" ")
            time.sleep(0.1)


def once(
    first: Callable[[BaseHTTPRequestHandler], None],
    *,
    then: Callable[[BaseHTTPRequestHandler], None],
    upstream: Upstream,
) -> Callable[[BaseHTTPRequestHandler], None]:
    """Behave in one way, and in another from then on."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        upstream.answer = then
        first(handler)

    return behave


@contextmanager
def running_upstream() -> Iterator[Upstream]:
    """A server of its own thread."""
    upstream = Upstream()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            upstream.seen.append((self.command, self.path, dict(self.headers), body))
            upstream.answer(self)

        do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = do_HEAD = do_OPTIONS = answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    upstream.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield upstream
    finally:
        server.shutdown()
        server.server_close()
