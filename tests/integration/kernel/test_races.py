"""Claims race claims and blocks, in threads and in processes: nothing overlaps, whoever writes first."""

import multiprocessing
import random
import threading
from collections import Counter
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.kernel.claims import Claim
from services.kernel.database import Database, serialize
from services.kernel.errors import SlotBlocked, SlotTaken
from tests.support.stores import on_postgres

from .slots import ROOM, block, claim

SPAWN = multiprocessing.get_context("spawn")
OVERLAPS = text(
    "SELECT count(*) FROM claims a JOIN claims b ON a.unit = b.unit AND a.id < b.id"
    " AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at WHERE a.active AND b.active"
)


class Other:
    """Another transaction, in a thread of its own; `outcome` once it has ended."""

    def __init__(self, database: Database, work: Callable[[Session], object]) -> None:
        self.outcome: object = None
        self._thread = threading.Thread(target=self._run, args=(database, work))
        self._thread.start()

    def _run(self, database: Database, work: Callable[[Session], object]) -> None:
        try:
            self.outcome = database.write(work)
        except (SlotTaken, SlotBlocked) as refusal:
            self.outcome = refusal.code

    def waits(self) -> bool:
        """Whether it is held up by somebody."""
        self._thread.join(0.5)
        return self._thread.is_alive()

    def end(self) -> object:
        """What came of it."""
        self._thread.join(10)
        assert not self._thread.is_alive()
        return self.outcome


def claim_at_random(url: str, seed: int, times: int) -> None:
    database, chance = Database(url), random.Random(seed)
    for _ in range(times):
        start, unit = chance.randrange(60), UUID(int=chance.randrange(1, 4))
        write = block if chance.random() < 0.05 else claim
        try:
            database.write(lambda session: write(session, start, start + chance.randrange(1, 6), unit))  # noqa: B023
        except (SlotTaken, SlotBlocked):
            continue
    database.dispose()


def count_overlaps(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(OVERLAPS) or 0


@pytest.mark.slow
def test_processes_that_claim_at_random_never_overlap(database: Database) -> None:
    processes = [SPAWN.Process(target=claim_at_random, args=(database.url, seed, 60)) for seed in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 4
    with database.reading() as session:
        assert session.query(Claim).count() > 10
    assert count_overlaps(database) == 0


def test_of_many_threads_one_gets_the_slot(database: Database) -> None:
    others = [Other(database, lambda session: claim(session, 1, 3)) for _ in range(8)]
    assert Counter(other.end() for other in others) == {None: 1, "slot_taken": 7}


@on_postgres
def test_a_claim_waits_for_an_open_claim_and_is_refused(database: Database) -> None:
    with database.unit_of_work() as session:
        claim(session, 1, 3)
        other = Other(database, lambda session: claim(session, 2, 4))
        assert other.waits()
    assert other.end() == "slot_taken"


@on_postgres
def test_a_claim_waits_for_an_open_block_and_is_refused(database: Database) -> None:
    with database.unit_of_work() as session:
        block(session, 1, 3)
        other = Other(database, lambda session: claim(session, 2, 4))
        assert other.waits()
    assert other.end() == "slot_blocked"


@on_postgres
def test_a_block_waits_for_an_open_claim_and_then_stands_over_it(database: Database) -> None:
    with database.unit_of_work() as session:
        claim(session, 2, 4)
        other = Other(database, lambda session: block(session, 1, 3))
        assert other.waits()
    assert other.end() is None


@on_postgres
def test_claims_on_a_unit_do_not_wait_for_each_other_without_need(database: Database) -> None:
    with database.unit_of_work() as session:
        claim(session, 1, 3)
        assert Other(database, lambda session: claim(session, 5, 6)).end() is None


@on_postgres
def test_a_broken_deadlock_is_tried_again(database: Database) -> None:
    """Two transactions serialize on two keys in opposite orders, which `serialize` itself would sort."""
    both = threading.Barrier(2, timeout=10)
    attempts: list[str] = []

    def work(first: str, second: str) -> Callable[[Session], str]:
        def run(session: Session) -> str:
            attempts.append(first)
            serialize(session, first)
            if len(attempts) <= 2:
                both.wait()
            serialize(session, second)
            return first

        return run

    others = [Other(database, work("a", "b")), Other(database, work("b", "a"))]
    assert [other.end() for other in others] == ["a", "b"]
    assert len(attempts) == 3


@on_postgres
def test_serialize_sorts_its_keys(database: Database) -> None:
    others = [
        Other(database, lambda session, keys=keys: serialize(session, *keys))
        for keys in [("a", "b", "c"), ("c", "b", "a")] * 10
    ]
    assert [other.end() for other in others] == [None] * 20


@on_postgres
def test_keys_and_units_of_others_are_not_waited_for(database: Database) -> None:
    with database.unit_of_work() as session:
        serialize(session, str(ROOM))
        assert Other(database, lambda session: serialize(session, "another")).end() is None
        assert Other(database, lambda session: claim(session, 1, 2)).end() is None
