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
    "If-Unmodified-Since",
    "Last-Event-ID",
    "Reservation-Key",
    "User-Agent",
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
    "Retry-After",
    "Vary",
    "WWW-Authenticate",
)
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""Nothing of the API is a page: whatever a browser takes it for, it may do nothing."""


def passing_request(headers: Headers) -> dict[str, str]:
    """What a service gets to see of a request's headers."""
    return {name: headers[name] for name in REQUEST if name in headers}


def passing_answer(headers: Mapping[str, str]) -> dict[str, str]:
    """What the client gets to see of an answer's headers (given in lower case)."""
    passing = {name: headers[name.lower()] for name in ANSWER if name.lower() in headers}
    # without a word of the service an answer may be kept, but must be asked for anew each time
    return {"Cache-Control": "private, no-cache", "Content-Security-Policy": POLICY, **passing}
