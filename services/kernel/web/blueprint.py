"""flask-smorest's blueprint and API with the mends that every service needs."""

from typing import Any

import flask_smorest
from flask import Flask
from marshmallow import INCLUDE, fields
from werkzeug.exceptions import HTTPException

from services.kernel.web.json_body import BodyParser
from services.kernel.web.problems import CONTENT_TYPE, problem_from_http, problem_response
from services.kernel.web.schema import Instant, Schema, Text

_ERRORS = {
    401: "The caller is not known.",
    403: "The caller may not do this.",
    404: "There is no such thing.",
    409: "The state of things stands against it.",
    422: "Fields or rules are broken.",
    503: "A part that is needed is away.",
}


class ProblemSchema(Schema):
    """Problem details as RFC 9457 has them, with a stable code; particulars stand beside these."""

    class Meta:
        unknown = INCLUDE

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"description": "Stable; made for machines."})
    detail = fields.String(required=True)
    instance = fields.String(metadata={"description": "Names the request in our logs."})


class Blueprint(flask_smorest.Blueprint):
    """A group of routes; bodies and queries are read by our parser, errors documented as problems."""

    ARGUMENTS_PARSER = BodyParser()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._prepare_doc_cbks.append(_document_key)

    def idempotent(self, view: Any) -> Any:
        """Document that a route takes an Idempotency-Key, as those do that answer by `write_once`."""
        view._apidoc = {**getattr(view, "_apidoc", {}), "idempotent": True}
        return view

    def problems(self, *statuses: int) -> Any:
        """Document that a route may answer with these errors."""

        def decorate(view: Any) -> Any:
            for status in statuses:
                view = self.alt_response(
                    status,
                    schema=ProblemSchema,
                    content_type=CONTENT_TYPE,
                    description=_ERRORS.get(status, "A problem."),
                )(view)
            return view

        return decorate


class Api(flask_smorest.Api):
    """flask-smorest's API object; errors are ours."""

    DEFAULT_RESPONSE_CONTENT_TYPE: str = "application/json"
    ERROR_SCHEMA = ProblemSchema

    def handle_http_exception(self, error: HTTPException) -> Any:
        """Unused in practice: the app's own handlers are more specific; kept equal to them."""
        return problem_response(problem_from_http(error))

    def _register_error_handlers(self) -> None:
        """The app has its own: see problems.py."""

    def _register_responses(self) -> None:
        """The default answers of the document are errors, and those are problem details."""
        usual = self.DEFAULT_RESPONSE_CONTENT_TYPE
        self.DEFAULT_RESPONSE_CONTENT_TYPE = CONTENT_TYPE
        super()._register_responses()
        self.DEFAULT_RESPONSE_CONTENT_TYPE = usual


def install_api(
    app: Flask, *, title: str, version: str, blueprints: list[Blueprint], root: str | None = None
) -> Api:
    """Register the blueprints; with a `root`, their OpenAPI document is served at `root`openapi.json."""
    app.config.update(
        API_TITLE=title,
        API_VERSION=version,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=root,
        OPENAPI_JSON_PATH="openapi.json",
    )
    api = Api(app)
    api.register_field(Instant, "string", "date-time")
    api.register_field(Text, "string", None)
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    return api


def _document_key(doc: dict[str, Any], info: dict[str, Any], **_: Any) -> dict[str, Any]:
    if info.get("idempotent"):
        doc.setdefault("parameters", []).append(
            {
                "in": "header",
                "name": "Idempotency-Key",
                "description": "A new random text for each wish: a repeat gets the answer of the first.",
                "schema": {"type": "string", "pattern": "^[!-~]{1,128}$"},
            }
        )
    return doc
