"""Every request has an id, which its log lines, its answer and what it causes elsewhere carry."""

import time

from flask import Flask, Response, g, request

from services.kernel.logs import bind_request_id, clear_request_id, current_request_id, get_logger

log = get_logger("access")

HEADER = "X-Request-Id"
_QUIET = ("/healthz", "/readyz", "/metrics")


def install_request_context(app: Flask) -> None:
    """Bind the request id, give it back in the answer, log one line for each request."""

    @app.before_request
    def begin() -> None:
        bind_request_id(request.headers.get(HEADER))
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        request_id = current_request_id()
        if request_id:
            response.headers[HEADER] = request_id
        if request.path not in _QUIET:
            # the path without its query, which may hold a key
            log.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                milliseconds=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
            )
        return response

    @app.teardown_request
    def forget(_error: BaseException | None) -> None:
        clear_request_id()
