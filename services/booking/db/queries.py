"""Reading the tables of the booking service."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, TextClause, false, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from services.booking.db.models import TO_REMIND, UNCONFIRMED, CentreRow, Reservation, Room
from services.kernel.errors import NotFound, Unavailable

_SLUG = re.compile(r"[a-z0-9-]{1,64}")
RESERVATION_ORDER: Sequence[InstrumentedAttribute] = (Reservation.starts_at, Reservation.id)
ROOM_ORDER: Sequence[InstrumentedAttribute] = (Room.position, Room.id)


def get_centre(session: Session) -> CentreRow:
    """The centre; raises Unavailable before one was loaded."""
    centre = session.get(CentreRow, 1)
    if centre is None:
        raise Unavailable("centre_not_loaded", "No centre file was loaded yet.")
    return centre


def get_room(session: Session, name: str) -> Room:
    """The active room with this id or slug; raises NotFound."""
    room_id = _as_id(name)
    named = Room.slug == name if room_id is None else Room.id == room_id
    may_be = room_id is not None or _SLUG.fullmatch(name)  # not every text is one that can be asked for
    room = session.scalars(select(Room).where(named, Room.active)).one_or_none() if may_be else None
    if room is None:
        raise NotFound("room_not_found", "There is no such room.")
    return room


def find_rooms(session: Session) -> list[Room]:
    """All active rooms in the centre's order."""
    return list(session.scalars(select(Room).where(Room.active).order_by(*ROOM_ORDER)))


def select_rooms(*, capacity: int | None, feature: str | None) -> Select[Room]:
    """The active rooms that seat so many people and have the feature; None asks for nothing."""
    query = select(Room).where(Room.active)
    if capacity is not None:
        query = query.where(Room.capacity >= capacity)
    if feature is not None:
        is_one = _SLUG.fullmatch(feature) is not None
        query = query.where(Room.feature_slugs.contains(f"|{feature}|") if is_one else false())
    return query


def get_reservation(session: Session, reservation_id: UUID) -> Reservation:
    """The reservation with its room; raises NotFound."""
    found = session.get(Reservation, reservation_id)
    if found is None:
        raise NotFound("reservation_not_found", "There is no such reservation.")
    return found


def lock_reservation(session: Session, reservation_id: UUID) -> Reservation:
    """The reservation as it stands now, held until the transaction ends; raises NotFound."""
    found = session.get(
        Reservation, reservation_id, with_for_update={"of": Reservation}, populate_existing=True
    )
    if found is None:
        raise NotFound("reservation_not_found", "There is no such reservation.")
    return found


def select_reservations(
    *,
    subject: str | None = None,
    room_id: UUID | None = None,
    status: str | None = None,
    starts_from: datetime | None = None,
    starts_before: datetime | None = None,
) -> Select[Reservation]:
    """Reservations by whose they are, room, status, and whether they touch [starts_from, starts_before)."""
    query = select(Reservation)
    if subject is not None:
        query = query.where(Reservation.subject == subject)
    if room_id is not None:
        query = query.where(Reservation.room_id == room_id)
    if status is not None:
        query = query.where(Reservation.status == status)
    if starts_from is not None:
        query = query.where(Reservation.ends_at > starts_from)
    if starts_before is not None:
        query = query.where(Reservation.starts_at < starts_before)
    return query


def find_lapsed(session: Session, *, now: datetime, limit: int) -> list[UUID]:
    """Reservations that were not confirmed in time, the longest overdue first."""
    query = select(Reservation.id).where(*_lapsed(now))
    return list(session.scalars(query.order_by(Reservation.confirm_by).limit(limit)))


def find_to_remind(session: Session, *, now: datetime, limit: int) -> list[UUID]:
    """Confirmed reservations whose reminder is due."""
    query = select(Reservation.id).where(*_to_remind(now))
    return list(session.scalars(query.order_by(Reservation.remind_at).limit(limit)))


def count_lapsed(session: Session, *, now: datetime) -> int:
    """How many reservations were not confirmed in time."""
    return session.scalar(select(func.count()).select_from(Reservation).where(*_lapsed(now))) or 0


def count_to_remind(session: Session, *, now: datetime) -> int:
    """How many reminders are due."""
    return session.scalar(select(func.count()).select_from(Reservation).where(*_to_remind(now))) or 0


# The statuses are written out, as literals: bound ones would keep SQLite from the partial indexes.
def _lapsed(now: datetime) -> tuple[ColumnElement[bool] | TextClause, ...]:
    return UNCONFIRMED, Reservation.confirm_by <= now


def _to_remind(now: datetime) -> tuple[ColumnElement[bool] | TextClause, ...]:
    return TO_REMIND, Reservation.remind_at <= now


def _as_id(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
