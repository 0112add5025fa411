"""An answer is kept with its change and given to repeats; of two at once, one is told that it came second."""

import threading
from dataclasses import replace

import pytest

from services.kernel.database import Database
from services.kernel.errors import IdempotencyMismatch
from services.kernel.idempotency import (
    AlreadyAnswered,
    RequestKey,
    find_answer,
    prune_answers,
    store_answer,
)

from .slots import NOW, at

KEY = RequestKey(caller="resident", route="POST /things", key="k-1", body_hash="abc")


def store(database: Database, key: RequestKey = KEY, answer: object = None) -> None:
    database.write(
        lambda session: store_answer(session, key, status=201, answer=answer or {"id": 1}, now=NOW)
    )


def test_a_repeat_finds_the_answer(database: Database) -> None:
    store(database)
    with database.reading() as session:
        found = find_answer(session, KEY)
    assert found is not None
    assert (found.status, found.answer) == (201, {"id": 1})


@pytest.mark.parametrize("field", ["caller", "route", "key"])
def test_another_caller_route_or_key_finds_nothing(database: Database, field: str) -> None:
    store(database)
    with database.reading() as session:
        assert find_answer(session, replace(KEY, **{field: "another"})) is None


def test_another_body_is_a_mismatch(database: Database) -> None:
    store(database)
    with database.reading() as session, pytest.raises(IdempotencyMismatch):
        find_answer(session, replace(KEY, body_hash="other"))


def test_the_second_is_told_and_takes_its_change_back(database: Database) -> None:
    store(database)
    with pytest.raises(AlreadyAnswered):
        store(database, answer={"id": 2})
    with database.reading() as session:
        found = find_answer(session, KEY)
    assert found is not None
    assert found.answer == {"id": 1}


def test_of_many_at_once_one_is_stored(database: Database) -> None:
    outcomes: list[str] = []

    def try_it() -> None:
        try:
            store(database)
            outcomes.append("stored")
        except AlreadyAnswered:
            outcomes.append("second")

    threads = [threading.Thread(target=try_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["second"] * 5 + ["stored"]


def test_old_answers_are_forgotten(database: Database) -> None:
    store(database)
    assert database.write(lambda session: prune_answers(session, before=NOW)) == 0
    assert database.write(lambda session: prune_answers(session, before=at(1))) == 1
