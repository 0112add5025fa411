"""Which headers go through the door, either way. All others stay where they are."""

from collections.abc import Mapping

from werkzeug.datastructures import Headers

# Who asks is said by the gateway alone: Authorization and cookies never pass.
REQUEST = (
    "Accept",
    "Accept-Language",
    "Content-Type",
    "Idempotency-Key",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "Last-Event-ID",
    "Reservation-Key",
)
ANSWER = (
    "Allow",
    "Cache-Control",
    "Content-Disposition",
    "Content-Language",
    "Content-Type",
    "ETag",
    "Idempotency-Replayed",
    "Last-Modified",
    "Link",
    "Location",
    "Retry-After",
    "Vary",
)


def passing_request(headers: Headers) -> dict[str, str]:
    """What a service gets to see of a request's headers."""
    return {name: headers[name] for name in REQUEST if name in headers}


def passing_answer(headers: Mapping[str, str]) -> dict[str, str]:
    """What the client gets to see of an answer's headers (given in lower case)."""
    return {name: headers[name.lower()] for name in ANSWER if name.lower() in headers}
