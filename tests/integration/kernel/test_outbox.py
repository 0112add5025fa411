"""What is recorded is told at least once, whatever is away; what was rolled back is never told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from services.kernel.database import Database
from services.kernel.outbox import Relay, Subscription, backlog, prune_done, record
from services.kernel.queue import Queues, run_worker
from tests.support.valkey import Valkey

SUBSCRIPTIONS = {
    "said": Subscription("words", "tests.integration.kernel.jobs.write_down"),
    "tried": Subscription("words", "tests.integration.kernel.jobs.fail_first"),
    "ignored": None,
}


class Time:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def time() -> Time:
    return Time()


def say(database: Database, time: Time, file: Path, word: str, event: str = "said") -> None:
    payload: dict[str, Any] = {"file": str(file), "word": word}
    database.write(lambda session: record(session, event, payload, now=time()))


def waiting(database: Database, time: Time) -> int:
    with database.reading() as session:
        return backlog(session, now=time()).waiting


def work(url: str) -> None:
    run_worker(url, ["words"], burst=True)


def test_an_event_is_told_once_and_then_done(
    database: Database, valkey_url: str, time: Time, tmp_path: Path
) -> None:
    relay = Relay(database, Queues(valkey_url), SUBSCRIPTIONS, time)
    say(database, time, tmp_path / "said", "hello")
    say(database, time, tmp_path / "said", "nobody", event="ignored")
    assert relay.run_once() == 2
    work(valkey_url)
    time.pass_(2)
    relay.run_once()
    assert waiting(database, time) == 0
    assert (tmp_path / "said").read_text() == "hello\n"
    assert relay.run_once() == 0
    assert database.write(lambda session: prune_done(session, before=time() + timedelta(days=1))) == 2


def test_what_is_rolled_back_is_not_told(
    database: Database, valkey_url: str, time: Time, tmp_path: Path
) -> None:
    def fail(session: Any) -> None:
        record(session, "said", {"file": str(tmp_path / "said"), "word": "no"}, now=time())
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        database.write(fail)
    assert Relay(database, Queues(valkey_url), SUBSCRIPTIONS, time).run_once() == 0


def test_nothing_is_lost_while_the_queue_is_away(
    database: Database, own_valkey: Valkey, time: Time, tmp_path: Path
) -> None:
    relay = Relay(database, Queues(own_valkey.url), SUBSCRIPTIONS, time)
    own_valkey.kill()
    say(database, time, tmp_path / "said", "hello")
    assert relay.run_once() == 0
    assert waiting(database, time) == 1
    own_valkey.start()
    assert relay.run_once() == 1
    work(own_valkey.url)
    time.pass_(2)
    relay.run_once()
    assert waiting(database, time) == 0
    assert (tmp_path / "said").read_text() == "hello\n"


def test_what_the_queue_forgot_is_queued_again(
    database: Database, valkey_url: str, time: Time, tmp_path: Path
) -> None:
    relay = Relay(database, Queues(valkey_url), SUBSCRIPTIONS, time)
    say(database, time, tmp_path / "said", "hello")
    relay.run_once()
    with Redis.from_url(valkey_url) as client:
        client.flushall()
    time.pass_(2)
    relay.run_once()
    work(valkey_url)
    assert (tmp_path / "said").read_text() == "hello\n"


def test_a_relay_that_dies_between_its_two_steps_loses_nothing(
    database: Database, valkey_url: str, time: Time, tmp_path: Path
) -> None:
    class DyingQueues(Queues):
        def enqueue(self, **_: Any) -> None:
            raise KeyboardInterrupt

    say(database, time, tmp_path / "said", "hello")
    with pytest.raises(KeyboardInterrupt):
        Relay(database, DyingQueues(valkey_url), SUBSCRIPTIONS, time).run_once()
    time.pass_(2)
    Relay(database, Queues(valkey_url), SUBSCRIPTIONS, time).run_once()
    work(valkey_url)
    assert (tmp_path / "said").read_text() == "hello\n"


def test_a_failed_job_is_tried_again_after_a_pause(
    database: Database, valkey_url: str, time: Time, tmp_path: Path
) -> None:
    relay = Relay(database, Queues(valkey_url), SUBSCRIPTIONS, time)
    say(database, time, tmp_path / "tried", "at last", event="tried")
    for _ in range(4):
        relay.run_once()
        work(valkey_url)
        time.pass_(5)
    relay.run_once()
    assert (tmp_path / "tried").read_text() == "at last\n"
    assert waiting(database, time) == 0


def test_two_relays_tell_each_event_once(
    database: Database, valkey_url: str, time: Time, tmp_path: Path
) -> None:
    relays = [Relay(database, Queues(valkey_url), SUBSCRIPTIONS, time) for _ in range(2)]
    for number in range(20):
        say(database, time, tmp_path / "said", str(number))
    for relay in relays:
        relay.run_once()
    work(valkey_url)
    lines = (tmp_path / "said").read_text().split()
    assert sorted(lines, key=int) == [str(number) for number in range(20)]
