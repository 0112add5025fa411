"""The relay finds again what workers and queues lost, and asks little while there is nothing to do."""

from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis

from services.kernel.database import Database
from services.kernel.logs import bind_request_id, clear_request_id
from services.kernel.outbox import Relay, backlog, prune_done, record
from services.kernel.outbox.relay import find_due
from services.kernel.queue import Queues
from tests.support.stores import on_sqlite

from .plans import plans_of
from .test_outbox import SUBSCRIPTIONS, Time, say, waiting, work


@pytest.fixture
def time() -> Time:
    return Time()


def test_a_job_that_a_dying_worker_took_is_queued_again(
    database: Database, valkey_url: str, time: Time, tmp_path: Path
) -> None:
    """It was taken from the queue, and is stored as if it still waited there."""
    relay = Relay(database, Queues(valkey_url), SUBSCRIPTIONS, time)
    say(database, time, tmp_path / "said", "hello")
    relay.run_once()
    with Redis.from_url(valkey_url) as client:
        assert client.lpop("rq:queue:words")
    for seconds in (2, 20, 20):
        time.pass_(seconds)
        relay.run_once()
    work(valkey_url)
    assert (tmp_path / "said").read_text() == "hello\n"
    time.pass_(5)
    relay.run_once()
    assert waiting(database, time) == 0


def test_a_job_that_waits_behind_others_is_not_queued_twice(
    database: Database, valkey_url: str, time: Time, tmp_path: Path
) -> None:
    relay = Relay(database, Queues(valkey_url), SUBSCRIPTIONS, time)
    say(database, time, tmp_path / "said", "hello")
    for _ in range(20):
        relay.run_once()
        time.pass_(61)
    assert Queues(valkey_url).length("words") == 1


def test_an_unknown_event_is_left_alone_and_holds_up_no_other(
    database: Database, valkey_url: str, time: Time, tmp_path: Path
) -> None:
    """Newer code wrote it, and will tell it."""
    relay = Relay(database, Queues(valkey_url), SUBSCRIPTIONS, time)
    say(database, time, tmp_path / "said", "no", event="of tomorrow")
    say(database, time, tmp_path / "said", "hello")
    relay.run_once()
    work(valkey_url)
    assert (tmp_path / "said").read_text() == "hello\n"
    newer = Relay(database, Queues(valkey_url), {**SUBSCRIPTIONS, "of tomorrow": SUBSCRIPTIONS["said"]}, time)
    time.pass_(61)
    newer.run_once()
    work(valkey_url)
    assert (tmp_path / "said").read_text() == "hello\nno\n"


def test_a_clock_set_back_strands_nothing(
    database: Database, valkey_url: str, time: Time, tmp_path: Path
) -> None:
    relay = Relay(database, Queues(valkey_url), SUBSCRIPTIONS, time)
    say(database, time, tmp_path / "said", "pending")
    time.pass_(-86_400)
    assert relay.run_once() == 1
    time.pass_(-86_400)
    work(valkey_url)
    relay.run_once()
    assert waiting(database, time) == 0


def test_more_than_a_batch_is_told_in_several_rounds(
    database: Database, valkey_url: str, time: Time, tmp_path: Path
) -> None:
    relay = Relay(database, Queues(valkey_url), SUBSCRIPTIONS, time)
    for number in range(25):
        say(database, time, tmp_path / "said", str(number))
    assert [relay.run_once(10) for _ in range(4)] == [10, 10, 5, 0]
    work(valkey_url)
    assert (tmp_path / "said").read_text().split() == [str(number) for number in range(25)]


def test_the_backlog_tells_number_and_age(database: Database, time: Time, tmp_path: Path) -> None:
    say(database, time, tmp_path / "said", "first")
    time.pass_(90)
    say(database, time, tmp_path / "said", "second")
    with database.reading() as session:
        told = backlog(session, now=time())
    assert (told.waiting, told.oldest_seconds) == (2, 90.0)
    assert database.write(lambda session: prune_done(session, before=time() + timedelta(days=1))) == 0


@on_sqlite
def test_a_round_without_work_is_one_step_in_an_index(database: Database, time: Time) -> None:
    relay = Relay(database, Queues("redis://127.0.0.1:1/0"), SUBSCRIPTIONS, time)
    assert relay.run_once() == 0  # the queue is not even asked
    steps = plans_of(database, lambda session: backlog(session, now=time()))
    assert steps == ["SCAN outbox USING INDEX ix_outbox_open"]
    steps = plans_of(database, lambda session: find_due(session, time(), 100))
    assert steps
    assert all("ix_outbox_open" in step for step in steps), steps


def test_the_request_that_caused_an_event_goes_along(database: Database, valkey_url: str, time: Time) -> None:
    bind_request_id("request-0001")
    try:
        database.write(lambda session: record(session, "said", {}, now=time()))
    finally:
        clear_request_id()
    Relay(database, Queues(valkey_url), SUBSCRIPTIONS, time).run_once()
    with Redis.from_url(valkey_url) as client:
        (job,) = client.keys("rq:job:*-1")
        assert b"request-0001" in client.hget(job, "meta")
