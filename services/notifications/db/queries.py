"""What is asked of the deliveries."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, defer

from services.kernel.errors import NotFound
from services.notifications.db.models import Delivery


def get_delivery(session: Session, delivery_id: UUID, *, to_change: bool = False) -> Delivery:
    """The delivery, locked if it is to be changed; NotFound when there is none."""
    delivery = session.get(Delivery, delivery_id, with_for_update=to_change)
    if delivery is None:
        raise NotFound()
    return delivery


def log_of_deliveries(*, state: str | None, reservation_id: UUID | None) -> Select[Delivery]:
    """The query for the delivery log, without what the messages say."""
    query = select(Delivery).options(
        defer(Delivery.text, raiseload=True),
        defer(Delivery.html, raiseload=True),
        defer(Delivery.calendar, raiseload=True),
    )
    if state is not None:
        query = query.where(Delivery.state == state)
    if reservation_id is not None:
        query = query.where(Delivery.reservation_id == reservation_id)
    return query


def find_due(session: Session, *, now: datetime, limit: int) -> list[UUID]:
    """The ids of deliveries whose attempt is due and that no worker has claimed, the longest due first."""
    unclaimed = or_(Delivery.claimed_until.is_(None), Delivery.claimed_until <= now)
    query = (
        select(Delivery.id)
        .where(Delivery.next_attempt_at <= now, unclaimed)
        .order_by(Delivery.next_attempt_at, Delivery.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def to_be_erased(older_than: datetime) -> Select[UUID]:
    """The query for ids of closed deliveries from before that moment that still tell about people."""
    return select(Delivery.id).where(
        Delivery.erased_at.is_(None), Delivery.next_attempt_at.is_(None), Delivery.created_at < older_than
    )


def exists_to_erase(session: Session, *, older_than: datetime) -> bool:
    """Whether there is anything to erase."""
    return session.scalar(to_be_erased(older_than).limit(1)) is not None


def count_by_state(session: Session) -> dict[str, int]:
    """How many deliveries stand in each state; a state without any is left out."""
    rows = session.execute(select(Delivery.state, func.count()).group_by(Delivery.state))
    return dict(rows.all())


def oldest_open(session: Session) -> datetime | None:
    """When the oldest delivery that is still to be sent was accepted."""
    return session.scalar(select(func.min(Delivery.created_at)).where(Delivery.next_attempt_at.is_not(None)))
