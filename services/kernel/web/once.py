"""POSTs that create: done once for each Idempotency-Key, and answered alike however often they are sent."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, jsonify, request
from sqlalchemy.orm import Session

from services.kernel.errors import Invalid, Problem
from services.kernel.idempotency import AlreadyAnswered, RequestKey, find_answer, store_answer
from services.kernel.web.faults import field_error
from services.kernel.web.parts import caller, database, now

HEADER, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
_KEY = re.compile(r"[\x21-\x7e]{1,128}")
_ROUTE_LENGTH = 128

P = TypeVar("P")
T = TypeVar("T")


def write_once(
    prepare: Callable[[], P],
    work: Callable[[Session, P], T],
    dump: Callable[[T], Any],
    *,
    status: int = 201,
) -> Response:
    """Create something, once for each Idempotency-Key of the caller; the answer as JSON.

    `prepare` reads and checks before the writer's turn, `work` writes with what it gave, `dump` makes
    the answer, which is stored in the same transaction. Only successes are stored. A repeat gets the
    stored answer, with Idempotency-Replayed: true; one with another body IdempotencyMismatch.
    """
    key = _request_key()
    if key is None:
        prepared = prepare()
        return _answer(database().write(lambda session: dump(work(session, prepared))), status)
    return _replayed(key) or _first(key, prepare, work, dump, status)


def _first(
    key: RequestKey,
    prepare: Callable[[], P],
    work: Callable[[Session, P], T],
    dump: Callable[[T], Any],
    status: int,
) -> Response:
    try:
        prepared = prepare()

        def write(session: Session) -> Any:
            answer = dump(work(session, prepared))
            store_answer(session, key, status=status, answer=answer, now=now())
            return answer

        return _answer(database().write(write), status)
    except (AlreadyAnswered, Problem):
        # What stands in the way may be the work of the very same request, sent twice at once.
        replayed = _replayed(key)
        if replayed is None:
            raise
        return replayed


def _replayed(key: RequestKey) -> Response | None:
    with database().reading() as session:
        stored = find_answer(session, key)
    if stored is None:
        return None
    response = _answer(stored.answer, stored.status)
    response.headers[REPLAYED] = "true"
    return response


def _request_key() -> RequestKey | None:
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        detail = "Give 1 to 128 visible ASCII characters."
        raise Invalid("invalid_header", errors=[field_error(HEADER, "wrong_format", detail)])
    rule = request.url_rule.rule if request.url_rule else request.path
    route = f"{request.method} {rule}"[:_ROUTE_LENGTH]
    return RequestKey(caller().subject or "anonymous", route, key, _body_hash())


def _body_hash() -> str:
    """Of the body's meaning and the exact address: another order of fields is the same request."""
    body = request.get_json(silent=True)
    plain = json.dumps([request.full_path, body], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def _answer(body: Any, status: int) -> Response:
    response = jsonify(body)
    response.status_code = status
    return response
