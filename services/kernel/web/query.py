"""The query of an address: refused where it is no text, and where nobody asked for it."""

from urllib.parse import unquote_to_bytes

from flask import Flask, request

from services.kernel.errors import Invalid
from services.kernel.web.faults import field_error


def install_query_check(app: Flask) -> None:
    """Refuse every query that is not UTF-8, before anything reads it."""
    app.before_request(refuse_unreadable_query)


def refuse_unreadable_query() -> None:
    """Name the query fields that are not UTF-8: werkzeug would leave them as they are, or fail."""
    raw = request.query_string
    if _is_text(raw):
        return
    faults = [
        field_error(_shown(field), "invalid_text", "This is not UTF-8.")
        for field in raw.split(b"&")
        if not _is_text(field)
    ]
    raise Invalid("invalid_query", errors=faults)


def refuse_unasked_query() -> None:
    """Name the query fields of a request to a route that takes none."""
    if request.args:
        faults = [field_error(name, "unknown_field", "Unknown field.") for name in request.args]
        raise Invalid("invalid_query", errors=faults)


def _is_text(raw: bytes) -> bool:
    try:
        unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _shown(field: bytes) -> str:
    return unquote_to_bytes(field.partition(b"=")[0]).decode("utf-8", "replace")
