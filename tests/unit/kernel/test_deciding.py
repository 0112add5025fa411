"""What the relay does with an event, by what its job says and how long it has waited."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.kernel.ids import new_id
from services.kernel.outbox import OutboxEvent, Subscription
from services.kernel.outbox.deciding import LONGEST_BACKOFF, decide
from services.kernel.queue import JobState

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
HEARD = Subscription("words", "some.function")


def event(waited: float = 1.0, **fields: Any) -> OutboxEvent:
    """A queued event, put on the queue so many seconds ago."""
    given = {
        "id": new_id(),
        "type": "said",
        "payload": {},
        "state": "queued",
        "attempts": 1,
        "queued_at": NOW - timedelta(seconds=waited),
        "created_at": NOW,
        "next_look_at": NOW,
    }
    made = OutboxEvent(**(given | fields))
    made.job_id = fields.get("job_id", f"{made.id}-1")
    return made


@pytest.mark.parametrize(
    ("waited", "job", "becomes"),
    [
        (1, JobState("finished"), "done"),
        (1, JobState("missing"), "queued again"),
        (1, JobState("waiting"), "left"),
        (3600, JobState("waiting"), "left"),  # behind others, or there is no worker
        (1, JobState("started"), "left"),
        (29, JobState("started"), "left"),
        (31, JobState("started"), "queued again"),  # its worker died
        (1, JobState("adrift"), "left"),  # a worker has just taken it
        (31, JobState("adrift"), "queued again"),
        (-3600, JobState("started"), "queued again"),  # the clock was set back
        (1, JobState("failed", "no"), "left"),
        (1, None, "queued again"),
    ],
)
def test_an_event_that_is_heard(waited: float, job: JobState | None, becomes: str) -> None:
    one = event(waited)
    queued = decide(one, HEARD, job, NOW)
    assert (one.state == "done") == (becomes == "done")
    assert (queued is not None) == (becomes == "queued again")
    if queued:
        assert queued["job_id"] == one.job_id == f"{one.id}-2"
    if becomes != "done":
        assert one.next_look_at > NOW


def test_one_that_nobody_hears_is_done_at_once() -> None:
    one = event(state="pending", job_id=None, attempts=0, queued_at=None)
    assert decide(one, None, None, NOW) is None
    assert (one.state, one.done_at) == ("done", NOW)


def test_a_failed_one_is_noted_and_queued_again_after_its_pause() -> None:
    one = event()
    assert decide(one, HEARD, JobState("failed", "ValueError: no"), NOW) is None
    assert one.last_error == "ValueError: no"
    queued = decide(one, HEARD, JobState("failed", "ValueError: no"), one.next_look_at)
    assert queued is not None
    assert (one.attempts, one.last_error) == (2, None)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 2), (2, 4), (5, 32), (9, 512), (10, 600), (10_000, 600)]
)
def test_pauses_after_failures_double_up_to_ten_minutes(attempts: int, seconds: float) -> None:
    one = event(attempts=attempts)
    decide(one, HEARD, JobState("failed", "no"), NOW)
    assert one.next_look_at - NOW == timedelta(seconds=seconds) <= LONGEST_BACKOFF
