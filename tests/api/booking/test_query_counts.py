"""How often the store is asked: as often for many as for one."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.support.booking import at


@contextmanager
def counted(database) -> Iterator[list[str]]:
    """The statements that are sent meanwhile, without those that frame a transaction."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            seen.append(statement)

    # on PostgreSQL readers share the writers' engine, and with it whoever listens
    engines = [database.engine] + ([database.reading_engine] if database.dialect == "sqlite" else [])
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [
        ("anonymous", "/centre", 1),
        ("anonymous", "/rooms", 1),
        ("anonymous", "/rooms/hall", 1),
        ("anonymous", "/rooms/hall/availability?from=2026-11-25&to=2027-02-24", 4),
        ("staff", "/reservations", 2),
        ("person", "/reservations?room_id=hall", 3),
        ("staff", "/outbox", 2),
    ],
)
def test_reading_asks_as_often_for_many_as_for_few(api, database, who, path, most):
    for day in (25, 26, 27):
        for hour in (9, 11, 13):
            api.booked(start=at(hour, day=day), end=at(hour + 1, day=day))
    with counted(database) as seen:
        assert api.get(who, path).status_code == 200
    assert len(seen) <= most, seen


def test_a_refusal_costs_the_same_however_much_is_booked(api, database):
    api.booked()
    with counted(database) as few:
        assert api.book("other").status_code == 409
    for day in (25, 26, 27):
        api.booked(start=at(14, day=day), end=at(15, day=day))
    with counted(database) as many:
        assert api.book("other").status_code == 409
    assert len(many) == len(few)
