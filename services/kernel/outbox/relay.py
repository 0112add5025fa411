"""The relay: puts recorded events on the queue and watches over them until their job is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.kernel.clock import Clock
from services.kernel.database import Database
from services.kernel.errors import QueueUnavailable
from services.kernel.queue import JobState, Queues

from .deciding import LONGEST_BACKOFF, Subscription, decide, leave_alone
from .outage import Outage
from .tables import DONE, OPEN, OutboxEvent


@dataclass(frozen=True)
class _Seen:
    """An open event as it was read, and what its job said."""

    id: UUID
    job_id: str | None
    job: JobState | None


class Relay:
    """Tells one service's events. Several relays may run; consumers recognise repeats.

    `subscriptions` names the consumer of each type of event, or None for one that has none.
    """

    def __init__(
        self,
        database: Database,
        queues: Queues,
        subscriptions: Mapping[str, Subscription | None],
        clock: Clock,
    ) -> None:
        self._database = database
        self._queues = queues
        self._subscriptions = subscriptions
        self._clock = clock
        self._outage = Outage()

    def run_once(self, limit: int = 100) -> int:
        """Look at the events that are due; their number.

        Nothing is lost when the queue is away: the events stay as they are.
        """
        if self._outage.asks_for_patience():
            return 0
        now = self._clock()
        with self._database.reading() as session:
            due = find_due(session, now, limit)
        if not due:
            return 0
        try:
            self._tell(due, now)
        except QueueUnavailable as error:
            self._outage.goes_on(error)
            return 0
        self._outage.is_over()
        return len(due)

    def _tell(self, due: Sequence[tuple[UUID, str | None]], now: datetime) -> None:
        """Ask the queue about the events, write down what it says, then queue those that need it."""
        seen = [_Seen(id_, job_id, self._queues.job_state(job_id) if job_id else None) for id_, job_id in due]
        if any(each.job is None for each in seen):
            self._queues.ping()  # before any event is marked as queued
        for job in self._database.write(lambda session: self._mark(session, seen, now)):
            self._queues.enqueue(**job)

    def _mark(self, session: Session, seen: list[_Seen], now: datetime) -> list[dict[str, Any]]:
        """Write down what is known of each event; the jobs to be queued once this is committed.

        If that fails, the next look finds no such job and makes it again.
        """
        locked = select(OutboxEvent).where(OutboxEvent.id.in_([each.id for each in seen]))
        rows = {row.id: row for row in session.scalars(locked.with_for_update(skip_locked=True))}
        jobs = []
        for each in seen:
            event = rows.get(each.id)
            if event is None or event.state == DONE or event.job_id != each.job_id:
                continue  # another relay was quicker
            if event.type not in self._subscriptions:
                leave_alone(event, now)
                continue
            job = decide(event, self._subscriptions[event.type], each.job, now)
            if job is not None:
                jobs.append(job)
        return jobs


def find_due(session: Session, now: datetime, limit: int) -> Sequence[tuple[UUID, str | None]]:
    """Open events whose time has come, or that wait for a time no relay sets: the clock was set back."""
    due = or_(OutboxEvent.next_look_at <= now, OutboxEvent.next_look_at > now + LONGEST_BACKOFF)
    query = select(OutboxEvent.id, OutboxEvent.job_id).where(OPEN, due)
    rows = session.execute(query.order_by(OutboxEvent.next_look_at, OutboxEvent.id).limit(limit))
    return [(row.id, row.job_id) for row in rows]
