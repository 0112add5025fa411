"""What is looked for again and again: reservations not confirmed, reminders due, rows that have grown old."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from services.booking.db.queries import find_lapsed, find_to_remind
from services.booking.usecases.expire_unconfirmed import expire_unconfirmed
from services.booking.usecases.links import Links
from services.booking.usecases.remind import remind
from services.kernel.clock import Clock
from services.kernel.database import Database
from services.kernel.errors import Problem
from services.kernel.idempotency import prune_answers
from services.kernel.logs import get_logger
from services.kernel.outbox import prune_done

log = get_logger(__name__)

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
    return _each(
        parts, due, lambda one, session: expire_unconfirmed(session, one, links=parts.links, now=now)
    )


def remind_due(parts: ScanParts) -> int:
    """Request the reminders that are due; how many."""
    now = parts.clock()
    with parts.database.reading() as session:
        due = find_to_remind(session, now=now, limit=ROUND)
    return _each(parts, due, lambda one, session: remind(session, one, links=parts.links, now=now))


def prune(parts: ScanParts) -> int:
    """Forget stored answers and told events that nobody needs any more; how many rows."""
    now = parts.clock()
    return parts.database.write(
        lambda session: (
            prune_answers(session, before=now - KEEP_ANSWERS) + prune_done(session, before=now - KEEP_EVENTS)
        )
    )


def _each(parts: ScanParts, due: Sequence[UUID], act: Callable[[UUID, Session], bool]) -> int:
    """Act on each in a transaction of its own; the number done. An away store ends the round."""
    done = 0
    for one in due:
        try:
            done += parts.database.write(partial(act, one))
        except Problem:
            raise
        except Exception as error:  # noqa: BLE001 - one that cannot be done must not keep the others waiting
            log.error("scan_failed", reservation_id=str(one), exc_info=error)
    return done
