"""Meanings that inner code raises, and the one table that gives each its HTTP number (RFC 9457)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

MOST_ERRORS = 100  # so that a small request never gets a huge answer


class Problem(Exception):
    """Something a caller must be told: a stable `code`, an English `detail` and machine-readable particulars.

    `retry_after` (whole seconds) becomes the Retry-After header where it is given.
    """

    default_code = "problem"
    default_detail = ""

    def __init__(
        self, code: str | None = None, detail: str = "", *, retry_after: int | None = None, **particulars: Any
    ) -> None:
        self.code = code or self.default_code
        self.detail = detail or self.default_detail
        self.retry_after = retry_after
        self.particulars: dict[str, Any] = particulars
        super().__init__(f"{self.code}: {self.detail}" if self.detail else self.code)


class BadRequest(Problem):
    """The request cannot be read at all (broken JSON, invalid UTF-8)."""

    default_code = "bad_request"


class Unauthenticated(Problem):
    """It is not known who asks, and it must be."""

    default_code = "unauthenticated"
    default_detail = "Say who you are: this needs a valid token."


class Forbidden(Problem):
    """It is known who asks, and they may not."""

    default_code = "forbidden"
    default_detail = "You may not do this."


class NotFound(Problem):
    """There is no such thing, or the caller may not know of it."""

    default_code = "not_found"
    default_detail = "There is nothing here."


class MethodNotAllowed(Problem):
    """The address exists, but not with this method."""

    default_code = "method_not_allowed"


class NotAcceptable(Problem):
    """None of the representations is one that the caller accepts."""

    default_code = "not_acceptable"


class Conflict(Problem):
    """The state of things stands against the change."""

    default_code = "conflict"


class SlotTaken(Conflict):
    """Another claim holds the unit at that time."""

    default_code = "slot_taken"
    default_detail = "The time is already taken."


class SlotBlocked(Conflict):
    """A closure or another block covers the time."""

    default_code = "slot_blocked"
    default_detail = "The time is closed for booking."


class Gone(Problem):
    """It existed and does so no longer (a lapsed hold, an expired link)."""

    default_code = "gone"


class PreconditionFailed(Problem):
    """If-Match names another version than the stored one."""

    default_code = "precondition_failed"
    default_detail = "It was changed in the meantime: read it again, then repeat your change."


class PreconditionRequired(Problem):
    """The route asks for If-Match and the request has none."""

    default_code = "precondition_required"
    default_detail = "Send the ETag that you read as If-Match."


class TooLarge(Problem):
    """The body is longer than the limit."""

    default_code = "body_too_large"


class UnsupportedMediaType(Problem):
    """The body is not in a format that the route reads."""

    default_code = "unsupported_media_type"


class Invalid(Problem):
    """Fields that cannot be accepted; `errors` lists {field, code, detail} for each, a hundred at most."""

    default_code = "invalid"
    default_detail = "Some fields cannot be accepted."

    def __init__(
        self,
        code: str | None = None,
        detail: str = "",
        *,
        errors: Sequence[dict[str, str]] = (),
        **particulars: Any,
    ) -> None:
        super().__init__(code, detail, errors=list(errors)[:MOST_ERRORS], **particulars)


class RulesBroken(Problem):
    """Well-formed, but against the policy; `rules` lists {code, detail, …} for each broken rule."""

    default_code = "rules_broken"
    default_detail = "The booking breaks rules of the room."

    def __init__(
        self,
        code: str | None = None,
        detail: str = "",
        *,
        rules: Sequence[dict[str, Any]] = (),
        **particulars: Any,
    ) -> None:
        super().__init__(code, detail, rules=list(rules), **particulars)


class IdempotencyMismatch(Problem):
    """The Idempotency-Key was used before with another body."""

    default_code = "idempotency_key_reused"
    default_detail = "This Idempotency-Key was used with another body: make a new key."


class TooManyRequests(Problem):
    """The caller goes over a limit; `retry_after` says when to come back."""

    default_code = "too_many_requests"


class InternalError(Problem):
    """A fault of ours; what it was is in the log, never in the answer."""

    default_code = "internal_error"
    default_detail = "Something went wrong on our side. The request id names it in our log."


class BadGateway(Problem):
    """Another service answered with something that cannot be used."""

    default_code = "bad_gateway"


class Unavailable(Problem):
    """A part that is needed is away (store, service); trying later makes sense."""

    default_code = "unavailable"


class QueueUnavailable(Unavailable):
    """The queue is away."""

    default_code = "queue_unavailable"


class Busy(Unavailable):
    """The writer's turn did not come in time; `retry_after` seconds later it should."""

    default_code = "busy"
    default_detail = "Too many changes at once: try again in a moment."

    def __init__(
        self, code: str | None = None, detail: str = "", *, retry_after: int = 1, **particulars: Any
    ) -> None:
        super().__init__(code, detail, retry_after=retry_after, **particulars)


class GatewayTimeout(Problem):
    """Another service did not answer in time."""

    default_code = "gateway_timeout"


STATUS: dict[type[Problem], int] = {
    BadRequest: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    MethodNotAllowed: 405,
    NotAcceptable: 406,
    Conflict: 409,
    Gone: 410,
    PreconditionFailed: 412,
    TooLarge: 413,
    UnsupportedMediaType: 415,
    Invalid: 422,
    RulesBroken: 422,
    IdempotencyMismatch: 422,
    PreconditionRequired: 428,
    TooManyRequests: 429,
    InternalError: 500,
    BadGateway: 502,
    Unavailable: 503,
    GatewayTimeout: 504,
}


def status_of(problem: Problem) -> int:
    """The HTTP status of a problem: that of its class or of the nearest ancestor in STATUS, else 500."""
    for kind in type(problem).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return 500
