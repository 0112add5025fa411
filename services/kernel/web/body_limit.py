"""Bodies over the limit: refused before anything else, in a way that the client gets to read."""

from flask import Flask, request

from services.kernel.errors import TooLarge

DRAINED_BYTES = 16 * 1024 * 1024
_CHUNK_BYTES = 64 * 1024


def install_body_limit(app: Flask, limit: int) -> None:
    """Answer 413 to every request whose body is longer than `limit` bytes, also where no route reads it."""
    app.config["MAX_CONTENT_LENGTH"] = limit  # for bodies that come without a length

    @app.before_request
    def refuse_long_body() -> None:
        length = request.content_length or 0
        if length > limit:
            _drain(length)
            raise TooLarge(detail=f"A body may have {limit} bytes.", limit=limit)


def _drain(length: int) -> None:
    """Read what is still sent: most clients write it all before they read, and would only see a reset."""
    stream, left = request.environ["wsgi.input"], min(length, DRAINED_BYTES)
    try:
        while left > 0 and (chunk := stream.read(min(left, _CHUNK_BYTES))):
            left -= len(chunk)
    except OSError:
        return  # the client is gone
