"""/api/openapi.json and /api/docs."""

from flask import Blueprint, Response, render_template, request

from gateway.docs.collecting import Collected, DocumentDesk
from gateway.docs.operations import list_operations
from services.kernel.web import allowed, part

blueprint = Blueprint("docs", __name__)


@blueprint.get("/api/openapi.json")
@allowed("open")
def document() -> Response:
    """The whole API as OpenAPI 3.1."""
    collected = _collected()
    response = Response(collected.body, content_type="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(collected.etag)
    response.make_conditional(request)
    return response


@blueprint.get("/api/docs")
@allowed("open")
def reader() -> str:
    """The same to read: a list that needs no script, over which the reader is laid where there is one."""
    collected = _collected()
    return render_template(
        "docs/reader.html", operations=list_operations(collected.document), missing=collected.missing
    )


def _collected() -> Collected:
    desk: DocumentDesk = part("documents")
    return desk.collected()
