"""How much is still to be told, and forgetting what was told long ago."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from services.kernel.database import count_changed

from .tables import DONE, OPEN, OutboxEvent


@dataclass(frozen=True)
class Backlog:
    """The number of events not yet told, and the age of the oldest in seconds (0 where there is none)."""

    waiting: int
    oldest_seconds: float


def backlog(session: Session, *, now: datetime) -> Backlog:
    """What waits at this moment."""
    query = select(func.count(), func.min(OutboxEvent.created_at)).where(OPEN)
    waiting, oldest = session.execute(query).one()
    return Backlog(waiting, max(0.0, (now - oldest).total_seconds()) if oldest else 0.0)


def select_waiting() -> Select[tuple[OutboxEvent]]:
    """The events that are not yet told."""
    return select(OutboxEvent).where(OPEN)


def prune_done(session: Session, *, before: datetime) -> int:
    """Delete events that were told before a moment; the number deleted."""
    told_long_ago = delete(OutboxEvent).where(OutboxEvent.state == DONE, OutboxEvent.done_at < before)
    return count_changed(session, told_long_ago)
