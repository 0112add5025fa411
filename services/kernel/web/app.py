"""A service's Flask app: the parts that every service has, in one place."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask, Response, jsonify

from services.kernel.errors import Problem
from services.kernel.health import readiness
from services.kernel.metrics import Gauges, install_metrics, metrics_response
from services.kernel.web.access import allowed, install_access
from services.kernel.web.blueprint import Blueprint, install_api
from services.kernel.web.body_limit import install_body_limit
from services.kernel.web.parts import Parts, install_parts, parts
from services.kernel.web.problems import install_problem_handlers
from services.kernel.web.query import install_query_check
from services.kernel.web.requests import install_request_context

MAX_BODY_BYTES = 1024 * 1024


def create_flask_app(
    name: str,
    *,
    version: str,
    parts: Parts,
    blueprints: Sequence[Blueprint],
    docs_title: str,
    gauges: Gauges | None = None,
) -> Flask:
    """The app of the service `name`, with its blueprints, health, metrics and OpenAPI document."""
    app = Flask(name, static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    install_service(app, name, parts)
    install_health(app)
    install_metrics_page(app, gauges)
    install_api(app, title=docs_title, version=version, blueprints=list(blueprints), root="/")
    _open_the_document(app)
    return app


def install_service(app: Flask, name: str, parts: Parts) -> None:
    """What every request of every service goes through: id, measures, limits, who may call, errors told."""
    install_parts(app, parts)
    install_request_context(app)
    install_metrics(app, name)
    install_body_limit(app, MAX_BODY_BYTES)
    install_query_check(app)
    install_access(app)
    install_problem_handlers(app)


def install_health(app: Flask) -> None:
    """/healthz answers when the process does; /readyz runs the checks of the app's parts."""

    @app.get("/healthz")
    @allowed("open")
    def healthz() -> Any:
        return jsonify(status="alive")

    @app.get("/readyz")
    @allowed("open")
    def readyz() -> Any:
        body, status = readiness(parts().checks)
        return jsonify(body), status


def install_metrics_page(app: Flask, gauges: Gauges | None) -> None:
    """/metrics; gauges that cannot be read at this moment are left out."""

    @app.get("/metrics")
    @allowed("open")
    def metrics() -> Response:
        return metrics_response(gauges and _readable(gauges))


def _readable(gauges: Gauges) -> Callable[[], dict[str, float]]:
    def read() -> dict[str, float]:
        try:
            return gauges()
        except Problem:
            return {}

    return read


def _open_the_document(app: Flask) -> None:
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith("api-docs."):
            app.view_functions[endpoint] = _opened(view)


def _opened(view: Callable[..., Any]) -> Callable[..., Any]:
    def document(**arguments: Any) -> Any:
        return view(**arguments)

    return allowed("open")(document)
