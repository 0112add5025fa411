"""What keeps a room: claims and blocks over a span, for one or several rooms, in two queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.booking.domain.interval import Interval
from services.kernel.claims import find_blocks, find_claims


@dataclass(frozen=True)
class Occupancy:
    """A stretch in which a room is kept; `kind` is claim or block."""

    room_id: UUID
    kind: str
    interval: Interval


def find_occupancy(
    session: Session, room_ids: Sequence[UUID], span: Interval, *, now: datetime
) -> list[Occupancy]:
    """Everything that keeps the rooms within the span, with its buffers."""
    claims = find_claims(session, room_ids, span.start, span.end, now=now)
    blocks = find_blocks(session, room_ids, span.start, span.end)
    return [Occupancy(each.unit, "claim", Interval(each.starts_at, each.ends_at)) for each in claims] + [
        Occupancy(each.unit, "block", Interval(each.starts_at, each.ends_at)) for each in blocks
    ]
