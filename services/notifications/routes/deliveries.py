"""The delivery log, for staff."""

from typing import Any
from uuid import UUID

from services.kernel.web import Blueprint, EmptyBodySchema, Page, allowed, caller, database, now, page
from services.notifications.db.models import Delivery
from services.notifications.db.queries import log_of_deliveries
from services.notifications.schemas.deliveries import (
    DeliveryPageSchema,
    DeliveryQuerySchema,
    DeliverySchema,
    DeliveryWithMessageSchema,
)
from services.notifications.usecases.read_delivery import read_delivery
from services.notifications.usecases.retry_delivery import retry_delivery

blueprint = Blueprint(
    "deliveries", __name__, url_prefix="/api/v1/deliveries", description="The log of messages to people."
)


@blueprint.get("")
@allowed("staff")
@blueprint.arguments(DeliveryQuerySchema, location="query")
@blueprint.response(200, DeliveryPageSchema)
@blueprint.problems(401, 403, 422)
def list_deliveries(query: dict[str, Any]) -> Page:
    """The deliveries, the latest first."""
    wanted = log_of_deliveries(state=query["state"], reservation_id=query["reservation_id"])
    with database().reading() as session:
        return page(
            session,
            wanted,
            by=(Delivery.created_at, Delivery.id),
            limit=query["limit"],
            cursor=query["cursor"],
            descending=True,
        )


@blueprint.get("/<uuid:delivery_id>")
@allowed("staff")
@blueprint.response(200, DeliveryWithMessageSchema)
@blueprint.problems(401, 403, 404)
def get_delivery(delivery_id: UUID) -> Delivery:
    """One delivery with its message. That it was read is noted."""
    return database().write(lambda session: read_delivery(session, delivery_id, caller=caller(), now=now()))


@blueprint.post("/<uuid:delivery_id>/retry")
@allowed("staff")
@blueprint.arguments(EmptyBodySchema, required=False)
@blueprint.response(200, DeliverySchema)
@blueprint.problems(401, 403, 404, 409, 422)
def retry(_body: dict[str, Any], delivery_id: UUID) -> Delivery:
    """Try a message again that failed or waits for its next attempt."""
    return database().write(lambda session: retry_delivery(session, delivery_id, caller=caller(), now=now()))
