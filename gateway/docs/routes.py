"""/api/openapi.json and /api/docs."""

from flask import Blueprint, Response, jsonify, render_template

from gateway.docs.collecting import DocumentDesk
from gateway.docs.operations import list_operations
from services.kernel.web import allowed, part

blueprint = Blueprint("docs", __name__)


@blueprint.get("/api/openapi.json")
@allowed("open")
def document() -> Response:
    """The whole API as OpenAPI 3.1."""
    response = jsonify(_desk().document())
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get("/api/docs")
@allowed("open")
def reader() -> str:
    """The same to read: a list that needs no script, over which the reader is laid where there is one."""
    return render_template("docs/reader.html", operations=list_operations(_desk().document()))


def _desk() -> DocumentDesk:
    desk: DocumentDesk = part("documents")
    return desk
