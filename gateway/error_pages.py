"""Errors as pages: in the layout and the reader's language, with the number that the log knows them by."""

from __future__ import annotations

from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from gateway.headers import keep_private
from gateway.language import same_page
from services.kernel.errors import Problem, Unauthenticated, status_of
from services.kernel.logs import current_request_id, get_logger

log = get_logger(__name__)

RETRYABLE = (429, 500, 502, 503, 504)
API_ROOTS = ("/api/", "/hsds", "/internal", "/healthz", "/readyz", "/metrics")


def wants_page() -> bool:
    """Whether the address is a page's; the others answer problem details."""
    return not request.path.startswith(API_ROOTS)


def error_page(status: int, *, retry_after: int | None = None) -> Response:
    """The page for an HTTP status."""
    title, text = _words(status)
    again = same_page() if status in RETRYABLE and request.method == "GET" else None
    page = render_template("error.html", title=title, text=text, again=again, request_id=current_request_id())
    response = make_response(page, status)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return keep_private(response)


def problem_page(problem: Problem) -> AnyResponse:
    """The page for a problem; who is not logged in and has to be is asked to."""
    if isinstance(problem, Unauthenticated):
        back = request.full_path.rstrip("?") if request.method == "GET" else url_for("site.home")
        return redirect(url_for("site.login", next=back), 303)
    return error_page(status_of(problem), retry_after=problem.retry_after)


def http_error_page(error: HTTPException) -> AnyResponse:
    """The page for what Flask itself refuses."""
    if isinstance(error, CSRFError):
        return error_page(400)
    if error.code is not None and 300 <= error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    return error_page(error.code or 500)


def unexpected_page(error: Exception) -> AnyResponse:
    """The page for a fault of ours; the log has what it was."""
    if isinstance(error, InternalServerError) and error.original_exception is not None:
        error = error.original_exception  # type: ignore[assignment]
    log.error("page_failed", exc_info=error)
    return error_page(500)


def install_error_pages(app: Flask) -> None:
    """Put pages in front of the application's own error answers, for the addresses that are pages."""
    for kind, page in (
        (Problem, problem_page),
        (HTTPException, http_error_page),
        (Exception, unexpected_page),
    ):
        _put_before(app, kind, page)


def _put_before(app: Flask, kind: type[Exception], page) -> None:  # noqa: ANN001 - one of the three above
    others = app.error_handler_spec[None][None].get(kind)

    def answer(error: Exception):  # noqa: ANN202 - whatever the handler behind answers
        if wants_page():
            return page(error)
        if others is None:
            raise error
        return others(error)

    app.register_error_handler(kind, answer)


def _words(status: int) -> tuple[str, str]:
    known = {
        400: (
            gettext("The form has grown old"),
            gettext("A form works only for a while and only from our own pages. Go back and send it again."),
        ),
        403: (gettext("This is not for you"), gettext("You are logged in, but this page is for others.")),
        404: (
            gettext("There is nothing here"),
            gettext("The address may be mistyped, or what was here is gone."),
        ),
        410: (gettext("This is over"), gettext("The link has expired. Please book again.")),
        405: (
            gettext("This address does not work like that"),
            gettext("Please start from the list of rooms."),
        ),
        413: (gettext("That is too much"), gettext("What you sent is larger than we can take.")),
        429: (gettext("Too many tries"), gettext("Please wait a moment, then try again.")),
        502: (gettext("A part of us does not answer well"), gettext("Please try again in a moment.")),
        503: (
            gettext("We are away for a moment"),
            gettext("Part of the system is not working. Nothing you booked is lost; please try again soon."),
        ),
        504: (
            gettext("This takes too long"),
            gettext("A part of the system did not answer in time. Please try again."),
        ),
    }
    if status in known:
        return known[status]
    if status < 500:
        return gettext("This cannot be done"), gettext(
            "The request could not be understood. Please start again."
        )
    return gettext("Something went wrong"), gettext(
        "The mistake is ours, and it is written down. Please try again."
    )
