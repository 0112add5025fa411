"""Every error leaves as problem details (RFC 9457) with a stable code; none shows what is inside."""

import json
from http import HTTPStatus
from typing import Any

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from services.kernel.errors import STATUS, BadRequest, InternalError, Problem, TooLarge, status_of
from services.kernel.logs import current_request_id, get_logger

log = get_logger(__name__)

CONTENT_TYPE = "application/problem+json"
# the first of each number in the table: its most general meaning
_BY_STATUS: dict[int, type[Problem]] = {status: kind for kind, status in reversed(STATUS.items())}


def problem_body(problem: Problem) -> dict[str, Any]:
    """The problem as a JSON object: type, title, status, code, detail, instance and its particulars."""
    status = status_of(problem)
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": problem.code,
        "detail": problem.detail,
    }
    request_id = current_request_id()
    if request_id:
        body["instance"] = f"urn:request:{request_id}"
    return {**problem.particulars, **body}


def problem_response(problem: Problem) -> Response:
    """The problem as an answer, with Retry-After where it says when to come back."""
    status = status_of(problem)
    answer = Response(
        json.dumps(problem_body(problem), ensure_ascii=False, default=str), status, content_type=CONTENT_TYPE
    )
    if problem.retry_after is not None:
        answer.headers["Retry-After"] = str(problem.retry_after)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def problem_from_http(error: HTTPException) -> Problem:
    """The problem that an error of werkzeug means."""
    kind = _BY_STATUS.get(error.code or 500, InternalError if (error.code or 500) >= 500 else BadRequest)
    if kind is TooLarge:
        return TooLarge(detail="The body is too large.")
    return kind(detail="" if kind.default_detail else (error.description or ""))


def install_problem_handlers(app: Flask) -> None:
    """Answer every error of the app with problem details."""

    @app.errorhandler(Problem)
    def tell_problem(problem: Problem) -> Response:
        if status_of(problem) >= 500:
            log.warning("request_failed", code=problem.code, reason=problem.detail)
        return problem_response(problem)

    @app.errorhandler(HTTPException)
    def tell_http_error(error: HTTPException) -> Response:
        if error.code is not None and error.code < 400:  # a redirect of the router
            return error.get_response()  # type: ignore[return-value]
        answer = problem_response(problem_from_http(error))
        for name, value in error.get_headers():
            if name.lower() in ("allow", "retry-after"):
                answer.headers[name] = value
        return answer

    @app.errorhandler(Exception)
    def tell_fault(error: Exception) -> Response:
        log.error("internal_error", exc_info=error)
        return problem_response(InternalError())
