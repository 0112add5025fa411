"""A small service with one of everything that the kernel's web layer offers."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Flask
from marshmallow import fields, validate
from sqlalchemy import select

from services.kernel.audit import AuditEntry, note
from services.kernel.caller import Caller, CallerSigner, CallerVerifier, generate_keypair
from services.kernel.database import Database
from services.kernel.web import (
    Blueprint,
    Instant,
    PageQuerySchema,
    Parts,
    Schema,
    Text,
    Whole,
    YesNo,
    allowed,
    caller,
    create_flask_app,
    database,
    now,
    page,
    signed_caller,
    write_once,
)

PRIVATE, PUBLIC = generate_keypair()
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


class InnerSchema(Schema):
    name = Text(required=True, validate=validate.Length(1, 20))


class ThingSchema(Schema):
    name = Text(required=True, validate=validate.Length(1, 20))
    count = Whole(load_default=1, validate=validate.Range(1, 100))
    at = Instant(load_default=None)
    on = YesNo(load_default=False)
    inner = fields.Nested(InnerSchema)
    tags = fields.List(Text())


class MadeSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)


class ItemsSchema(Schema):
    items = fields.List(fields.String())


class EntrySchema(Schema):
    id = fields.UUID(required=True)


class EntriesSchema(Schema):
    items = fields.List(fields.Nested(EntrySchema))
    next = fields.String(allow_none=True)


blueprint = Blueprint("things", __name__, url_prefix="/things")


@blueprint.route("", methods=["POST"])
@blueprint.arguments(ThingSchema)
@blueprint.response(201, MadeSchema)
@allowed("anonymous")
@blueprint.idempotent
def make(body: dict[str, Any]) -> Any:
    """Make a thing: a line in the audit trail."""

    def work(session: Any, made: dict[str, Any]) -> dict[str, Any]:
        note(session, caller=caller(), action=body["name"], entity="thing", entity_id=made["id"], now=now())
        return made

    return write_once(lambda: {"id": uuid4(), "name": body["name"]}, work, MadeSchema().dump)


@blueprint.route("", methods=["GET"])
@blueprint.arguments(PageQuerySchema, location="query")
@blueprint.response(200, EntriesSchema)
@allowed("person")
def find(query: dict[str, Any]) -> Any:
    """A page of things."""
    with database().reading() as session:
        return page(session, select(AuditEntry), by=(AuditEntry.at, AuditEntry.id), **query)


@blueprint.route("/empty", methods=["GET"])
@blueprint.response(200, ItemsSchema)
@allowed("staff")
def without_items() -> dict[str, Any]:
    """A mapping without `items`."""
    return {}


@blueprint.route("/broken", methods=["GET"])
@blueprint.response(200)
@allowed("anonymous")
def broken() -> None:
    """A fault of ours."""
    raise ArithmeticError("secret insides")


def make_app(store: Database) -> Flask:
    """The probe on a store that has the kernel's tables."""
    parts = Parts(
        database=store,
        clock=lambda: NOW,
        identify=signed_caller(CallerVerifier({"gateway": PUBLIC}, "probe")),
    )
    return create_flask_app("probe", version="1", parts=parts, blueprints=[blueprint], docs_title="Probe")


def signed(who: Caller, audience: str = "probe") -> dict[str, str]:
    """The header by which the probe knows the caller."""
    return {"Authorization": f"Bearer {CallerSigner(PRIVATE, 'gateway').sign(who, audience)}"}
