"""Addresses of our own files and of installed libraries, each with a mark that changes with its content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, current_app, send_from_directory, url_for

from services.kernel.errors import NotFound
from services.kernel.web import allowed

HERE = Path(__file__).parent
STATIC = HERE / "static"
INSTALLED = HERE / "frontend" / "node_modules"
YEAR_SECONDS = 31_536_000

LIBRARIES = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "tabler.css": "@tabler/core/dist/css/tabler.min.css",
    "swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
    "swagger-ui-bundle.js": "swagger-ui-dist/swagger-ui-bundle.js",
}
"""What is served of the installed libraries: our short name, and where npm puts the file."""

blueprint = Blueprint("assets", __name__)


@blueprint.get("/static/<path:name>")
@allowed("open")
def static_file(name: str) -> Response:
    """One of our own files."""
    return send_from_directory(STATIC, name, max_age=YEAR_SECONDS)


@blueprint.get("/vendor/<name>")
@allowed("open")
def library_file(name: str) -> Response:
    """One file of a library; nothing else of node_modules can be reached."""
    if name not in LIBRARIES:
        raise NotFound()
    if not (INSTALLED / LIBRARIES[name]).is_file():
        raise NotFound(detail="The front-end libraries are not installed.")
    return send_from_directory(INSTALLED, LIBRARIES[name], max_age=YEAR_SECONDS)


def asset(name: str) -> str:
    """The address of a file under static/."""
    return url_for("assets.static_file", name=name, v=_mark(STATIC / name))


def library(name: str) -> str | None:
    """The address of a library's file, or None where npm has not installed it: pages do without."""
    path = INSTALLED / LIBRARIES[name]
    if not path.is_file():
        return None
    return url_for("assets.library_file", name=name, v=_mark(path))


def _mark(path: Path) -> str:
    if current_app.debug:
        return str(path.stat().st_mtime_ns)
    return _content_mark(path)


@cache
def _content_mark(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
