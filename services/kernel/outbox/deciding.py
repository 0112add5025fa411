"""What becomes of an open event, given what its job on the queue says."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from services.kernel.logs import get_logger
from services.kernel.queue import JobState

from .tables import DONE, PENDING, QUEUED, OutboxEvent

log = get_logger(__name__)

FIRST_LOOK = timedelta(seconds=1)
LONGEST_LOOK = timedelta(seconds=60)
LONGEST_BACKOFF = timedelta(minutes=10)
# A job that runs longer has lost its worker: the queue itself would notice only minutes later.
PATIENCE = timedelta(seconds=30)


class Subscription(NamedTuple):
    """Who hears of an event: a queue, and the dotted path of the function that its worker calls."""

    queue: str
    function: str


def decide(
    event: OutboxEvent, subscription: Subscription | None, job: JobState | None, now: datetime
) -> dict[str, Any] | None:
    """Write down what is known of the event; the job that is now to be queued, if there is one.

    `subscription` is None for an event that nobody hears of, `job` for one that was never queued.
    """
    if subscription is None or (job is not None and job.name == "finished"):
        _finish(event, now)
    elif _to_be_queued(event, job, now):
        return _queue(event, subscription, now)
    else:
        _look_later(event, job, now)
    return None


def leave_alone(event: OutboxEvent, now: datetime) -> None:
    """An event that this code does not know: newer code wrote it, and will tell it."""
    event.last_error = "nobody is named who hears of this type of event"
    event.next_look_at = now + LONGEST_LOOK
    log.error("event_without_subscription", event_id=str(event.id), type=event.type)


def _to_be_queued(event: OutboxEvent, job: JobState | None, now: datetime) -> bool:
    if event.state == PENDING or job is None or job.name == "missing":
        return True
    if job.name in ("started", "adrift"):
        return _waited(event, now) >= PATIENCE
    return job.name == "failed" and event.last_error is not None  # noted before, and its pause is over


def _waited(event: OutboxEvent, now: datetime) -> timedelta:
    """How long the event has been on the queue; long, when the clock was set back meanwhile."""
    waited = now - (event.queued_at or now)
    return waited if waited >= timedelta() else PATIENCE


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
        pause = min(max(_waited(event, now) / 2, FIRST_LOOK), LONGEST_LOOK)
        if job is not None and job.name in ("started", "adrift"):
            pause = min(pause, PATIENCE / 2)
    event.next_look_at = now + pause
