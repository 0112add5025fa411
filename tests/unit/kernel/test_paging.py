"""Cursors that this list did not give are refused, whatever was put into them."""

import base64
import json
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from services.kernel.database import Database
from services.kernel.errors import Invalid
from services.kernel.ids import new_id
from services.kernel.instants import Instant
from services.kernel.web import Page, page


class Base(DeclarativeBase):
    """The list's own tables."""


class Row(Base):
    __tablename__ = "rows"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    name: Mapped[str]
    place: Mapped[int]


AT, ID = "2026-03-05T17:00:00+00:00", "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def rows(database: Database) -> Database:
    def fill(session: Session) -> None:
        Base.metadata.create_all(session.connection())
        for place in range(7):  # some are alike in all but their id
            at = datetime.fromisoformat(AT).replace(minute=place // 3)
            session.add(Row(id=new_id(), at=at, name=f"ż{place // 3}", place=place))

    database.write(fill)
    return database


def read(rows: Database, cursor: str | None, *, descending: bool = False) -> Page:
    with rows.reading() as session:
        by = (Row.at, Row.name, Row.id)
        return page(session, select(Row), by=by, limit=3, cursor=cursor, descending=descending)


def cursor_of(values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize("descending", [False, True])
def test_pages_lead_through_every_row_once_in_order(rows: Database, descending: bool) -> None:
    found, cursor = read(rows, None, descending=descending), None
    places = [row.place for row in found.items]
    while (cursor := found.next) is not None:
        found = read(rows, cursor, descending=descending)
        places += [row.place for row in found.items]
    assert places == sorted(range(7), reverse=descending)


@pytest.mark.parametrize(
    "values",
    [
        None,
        {},
        [],
        [AT, "a"],
        [AT, "a", ID, 1],
        ["2026-03-05T17:00:00", "a", ID],
        ["0001-01-01T00:00:00+14:00", "a", ID],
        ["9999-12-31T23:59:59-12:00", "a", ID],
        [7, "a", ID],
        [AT, 7, ID],
        [AT, "a\0", ID],
        [AT, "a\ud800", ID],
        [AT, "a", "no id"],
        [AT, "a", None],
        [AT, "a", [ID]],
        [AT, "a", 9**30],
    ],
    ids=str,
)
def test_a_made_up_cursor_is_refused(rows: Database, values: Any) -> None:
    with pytest.raises(Invalid) as refused:
        read(rows, cursor_of(values))
    assert refused.value.code == "invalid_query"
    assert refused.value.particulars["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize("cursor", ["a", "ż", "====", "WyJ", base64.b64encode(b"[" * 300).decode(), " "])
def test_what_is_no_cursor_at_all_is_refused(rows: Database, cursor: str) -> None:
    with pytest.raises(Invalid):
        read(rows, cursor)
