"""The relay: puts recorded events on the queue and watches over them until their job is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.kernel.clock import Clock
from services.kernel.database import Database
from services.kernel.errors import QueueUnavailable
from services.kernel.logs import get_logger
from services.kernel.queue import JobState, Queues

from .tables import DONE, PENDING, QUEUED, OutboxEvent

log = get_logger(__name__)

FIRST_LOOK = timedelta(seconds=1)
LONGEST_LOOK = timedelta(seconds=60)
LONGEST_BACKOFF = timedelta(minutes=10)
# A job that runs longer has lost its worker: the queue itself would notice only minutes later.
PATIENCE = timedelta(seconds=30)
QUIET = timedelta(minutes=1)  # how often an outage of the queue is logged


class Subscription(NamedTuple):
    """Who hears of an event: a queue, and the dotted path of the function that its worker calls."""

    queue: str
    function: str


@dataclass(frozen=True)
class _Seen:
    """An open event as it was read, and what its job said."""

    id: UUID
    type: str
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
        self._complained_at: datetime | None = None

    def run_once(self, limit: int = 100) -> int:
        """Look at the events that are due; the number that were put on the queue or found done.

        Nothing is lost when the queue is away: the events stay as they are.
        """
        now = self._clock()
        with self._database.reading() as session:
            due = [(row.id, row.type, row.job_id) for row in _due(session, now, limit)]
        if not due:
            return 0
        try:
            seen = [
                _Seen(id_, type_, job, self._queues.job_state(job) if job else None)
                for id_, type_, job in due
            ]
            if any(each.job is None for each in seen):
                self._queues.ping()  # before any event is marked as queued
            jobs = self._database.write(lambda session: self._mark(session, seen, now))
            for job in jobs:
                self._queues.enqueue(**job)
        except QueueUnavailable as error:
            self._complain(error, now)
            return 0
        return len(seen)

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
            subscription = self._subscriptions[event.type]
            if subscription is None or (each.job is not None and each.job.name == "finished"):
                _finish(event, now)
            elif _to_be_queued(event, each.job, now):
                jobs.append(_queue(event, subscription, now))
            else:
                _look_later(event, each.job, now)
        return jobs

    def _complain(self, error: QueueUnavailable, now: datetime) -> None:
        if self._complained_at is None or now - self._complained_at >= QUIET:
            self._complained_at = now
            log.warning("queue_unavailable", reason=error.detail)


def _due(session: Session, now: datetime, limit: int) -> list[Any]:
    query = select(OutboxEvent.id, OutboxEvent.type, OutboxEvent.job_id)
    due = query.where(OutboxEvent.state != DONE, OutboxEvent.next_look_at <= now)
    return list(session.execute(due.order_by(OutboxEvent.next_look_at, OutboxEvent.id).limit(limit)))


def _to_be_queued(event: OutboxEvent, job: JobState | None, now: datetime) -> bool:
    if event.state == PENDING or job is None or job.name == "missing":
        return True
    lost = job.name == "started" and now - (event.queued_at or now) >= PATIENCE
    return lost or (job.name == "failed" and event.last_error is not None)


def _finish(event: OutboxEvent, now: datetime) -> None:
    event.state, event.done_at, event.last_error = DONE, now, None


def _queue(event: OutboxEvent, subscription: Subscription, now: datetime) -> dict[str, Any]:
    event.attempts += 1
    event.state, event.job_id = QUEUED, f"{event.id}-{event.attempts}"
    event.queued_at, event.next_look_at = now, now + FIRST_LOOK
    event.last_error = None
    return {
        "queue": subscription.queue,
        "function": subscription.function,
        "args": [event.payload],
        "job_id": event.job_id,
        "request_id": event.request_id,
    }


def _look_later(event: OutboxEvent, job: JobState | None, now: datetime) -> None:
    """A failed job is noted and tried again after a pause that doubles; a waiting one is left in peace."""
    if job is not None and job.name == "failed":
        event.last_error = job.error or "the job failed"
        pause = min(FIRST_LOOK * 2 ** min(event.attempts, 12), LONGEST_BACKOFF)
        log.warning("job_failed", event_id=str(event.id), type=event.type, attempts=event.attempts)
    else:
        pause = min(max((now - (event.queued_at or now)) / 2, FIRST_LOOK), LONGEST_LOOK)
        if job is not None and job.name == "started":
            pause = min(pause, PATIENCE)
    event.next_look_at = now + pause
