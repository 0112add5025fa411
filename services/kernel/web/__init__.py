"""The web layer that every service shares: load, dump, paging, ETag, idempotency, who may call."""

from .access import allowed, allowed_of
from .app import create_flask_app
from .blueprint import Blueprint
from .etag import is_known, require_match, set_etag
from .once import write_once
from .paging import Page, PageQuerySchema, page
from .parts import Parts, caller, database, now, part, parts, signed_caller
from .schema import EmptyBodySchema, Instant, QueryWhole, Schema, Text, Whole, YesNo

__all__ = [
    "Blueprint",
    "EmptyBodySchema",
    "Instant",
    "Page",
    "PageQuerySchema",
    "Parts",
    "QueryWhole",
    "Schema",
    "Text",
    "Whole",
    "YesNo",
    "allowed",
    "allowed_of",
    "caller",
    "create_flask_app",
    "database",
    "is_known",
    "now",
    "page",
    "part",
    "parts",
    "require_match",
    "set_etag",
    "signed_caller",
    "write_once",
]
