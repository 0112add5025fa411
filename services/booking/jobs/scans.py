"""What is looked for again and again: reservations not confirmed, reminders due, rows that have grown old."""

from dataclasses import dataclass
from datetime import timedelta

from services.booking.db.queries import find_lapsed, find_to_remind
from services.booking.usecases.expire_unconfirmed import expire_unconfirmed
from services.booking.usecases.links import Links
from services.booking.usecases.remind import remind
from services.kernel.clock import Clock
from services.kernel.database import Database
from services.kernel.idempotency import prune_answers
from services.kernel.outbox import prune_done

ROUND = 100
KEEP_ANSWERS = timedelta(hours=48)
KEEP_EVENTS = timedelta(days=7)


@dataclass(frozen=True)
class ScanParts:
    """What the scans need."""

    database: Database
    clock: Clock
    links: Links


def due_work(parts: ScanParts) -> int:
    """Do what is due, each piece in a transaction of its own; the number of pieces done."""
    return expire_due(parts) + remind_due(parts)


def expire_due(parts: ScanParts) -> int:
    """End the reservations that were not confirmed in time; how many."""
    now = parts.clock()
    with parts.database.reading() as session:
        due = find_lapsed(session, now=now, limit=ROUND)
    return sum(
        parts.database.write(
            lambda session, one=one: expire_unconfirmed(session, one, links=parts.links, now=now)
        )
        for one in due
    )


def remind_due(parts: ScanParts) -> int:
    """Request the reminders that are due; how many."""
    now = parts.clock()
    with parts.database.reading() as session:
        due = find_to_remind(session, now=now, limit=ROUND)
    return sum(
        parts.database.write(lambda session, one=one: remind(session, one, links=parts.links, now=now))
        for one in due
    )


def prune(parts: ScanParts) -> int:
    """Forget stored answers and told events that nobody needs any more; how many rows."""
    now = parts.clock()
    return parts.database.write(
        lambda session: (
            prune_answers(session, before=now - KEEP_ANSWERS) + prune_done(session, before=now - KEEP_EVENTS)
        )
    )
