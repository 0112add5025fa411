"""What has still to be told, for staff."""

from typing import Any

from services.booking.schemas.reservations import OutboxSchema
from services.kernel.outbox import OutboxEvent, backlog, select_waiting
from services.kernel.web import Blueprint, PageQuerySchema, allowed, database, now, page

blueprint = Blueprint(
    "outbox", __name__, url_prefix="/api/v1/outbox", description="What has still to be told."
)


@blueprint.route("", methods=["GET"])
@blueprint.arguments(PageQuerySchema, location="query")
@blueprint.response(200, OutboxSchema)
@blueprint.problems(401, 403, 422, 503)
@allowed("staff")
def list_outbox(query: dict[str, Any]) -> dict[str, Any]:
    """The events that wait, the oldest first."""
    with database().reading() as session:
        standing = backlog(session, now=now())
        found = page(
            session, select_waiting(), by=(OutboxEvent.id,), limit=query["limit"], cursor=query["cursor"]
        )
    return {
        "waiting": standing.waiting,
        "oldest_seconds": standing.oldest_seconds,
        "items": found.items,
        "next": found.next,
    }
