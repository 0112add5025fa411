"""Claims exclude each other, blocks only stop new claims; the database decides, on both stores."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from services.kernel.claims import (
    Claim,
    NewClaim,
    add_block,
    add_claims,
    check_guards,
    confirm_claims,
    cut_claims,
    find_blocks,
    find_claims,
    install_guards,
    move_claims,
    release_claims,
    remove_blocks,
    remove_guards,
)
from services.kernel.database import Database
from services.kernel.errors import SlotBlocked, SlotTaken

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ROOM, OTHER = UUID(int=1), UUID(int=2)


def at(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def claim(start: float, end: float, *, unit: UUID = ROOM, owner: UUID | None = None, **more) -> NewClaim:
    return NewClaim(unit, at(start), at(end), more.pop("kind", "reservation"), owner or uuid4(), **more)


def add(database: Database, *claims: NewClaim, now: datetime = NOW) -> None:
    database.write(lambda session: add_claims(session, claims, now=now))


def change(database: Database, starts_at: datetime, **values: object) -> None:
    """Write to the row past all our functions, as a careless path might."""
    statement = update(Claim).where(Claim.starts_at == starts_at).values(**values)
    database.write(lambda session: session.execute(statement))


def block(database: Database, start: float, end: float, *, owner: UUID | None = None) -> UUID:
    owner = owner or uuid4()
    database.write(
        lambda session: add_block(
            session,
            unit=ROOM,
            starts_at=at(start),
            ends_at=at(end),
            kind="closure",
            owner_id=owner,
            now=NOW,
        )
    )
    return owner


@pytest.mark.parametrize(
    ("start", "end", "taken"),
    [
        (0, 1, False),
        (0, 2, False),  # up to the start: half-open
        (0, 2.01, True),
        (1, 5, True),
        (2, 4, True),
        (2.5, 3.5, True),
        (3.99, 5, True),
        (4, 5, False),  # from the end on
    ],
)
def test_an_overlap_is_refused(database: Database, start: float, end: float, taken: bool) -> None:
    add(database, claim(2, 4))
    if taken:
        with pytest.raises(SlotTaken):
            add(database, claim(start, end))
    else:
        add(database, claim(start, end))


def test_another_unit_is_no_overlap(database: Database) -> None:
    add(database, claim(2, 4), claim(2, 4, unit=OTHER))


def test_claims_stand_or_fall_together(database: Database) -> None:
    add(database, claim(2, 4, unit=OTHER))
    with pytest.raises(SlotTaken):
        add(database, claim(2, 4), claim(3, 5, unit=OTHER))
    with database.reading() as session:
        assert find_claims(session, ROOM, at(0), at(9), now=NOW) == []


def test_an_update_cannot_overlap_either(database: Database) -> None:
    add(database, claim(0, 1), claim(2, 4))
    with pytest.raises(SlotTaken):
        change(database, at(0), ends_at=at(3))


def test_a_claim_made_active_again_is_checked(database: Database) -> None:
    sleeping = Claim(
        unit=ROOM,
        starts_at=at(2),
        ends_at=at(4),
        kind="internal",
        owner_id=uuid4(),
        active=False,
        created_at=NOW,
    )
    database.write(lambda session: session.add(sleeping))
    add(database, claim(3, 5))
    with pytest.raises(SlotTaken):
        change(database, at(2), active=True)


def test_a_block_is_never_refused_and_stops_new_claims_only(database: Database) -> None:
    add(database, claim(2, 4))
    owner = block(database, 1, 3)
    block(database, 1, 3)
    with pytest.raises(SlotBlocked):
        add(database, claim(1, 2))
    with database.reading() as session:
        assert len(find_claims(session, ROOM, at(0), at(9), now=NOW)) == 1
        assert len(find_blocks(session, ROOM, at(0), at(9))) == 2
    assert database.write(lambda session: remove_blocks(session, owner)) == 1


def test_staff_may_claim_over_a_block_but_not_over_a_claim(database: Database) -> None:
    block(database, 0, 9)
    add(database, claim(2, 4, over_block=True))
    with pytest.raises(SlotTaken):
        add(database, claim(3, 5, over_block=True))


def test_a_claim_under_a_block_may_shrink_but_not_grow(database: Database) -> None:
    owner = uuid4()
    add(database, claim(2, 4, owner=owner))
    block(database, 0, 9)
    assert database.write(lambda session: cut_claims(session, owner, now=at(3))) == 1
    with pytest.raises(SlotBlocked):
        change(database, at(2), ends_at=at(4))


def test_a_lapsed_hold_gives_way_and_a_living_one_does_not(database: Database) -> None:
    add(database, claim(2, 4, kind="hold", expires_at=at(1)))
    with pytest.raises(SlotTaken):
        add(database, claim(3, 5), now=at(0.5))
    with database.reading() as session:
        assert find_claims(session, ROOM, at(0), at(9), now=at(1)) == []
    add(database, claim(3, 5), now=at(1))


def test_a_hold_is_confirmed_once_it_is_there(database: Database) -> None:
    owner = uuid4()
    add(database, claim(2, 4, kind="hold", owner=owner, expires_at=at(1)))
    assert database.write(lambda session: confirm_claims(session, owner, kind="reservation")) == 1
    with pytest.raises(SlotTaken):
        add(database, claim(3, 5), now=at(2))
    assert database.write(lambda session: confirm_claims(session, uuid4(), kind="reservation")) == 0


def test_a_move_may_use_its_own_old_place(database: Database) -> None:
    owner = uuid4()
    add(database, claim(2, 4, owner=owner), claim(6, 7))
    database.write(lambda session: move_claims(session, owner, [claim(3, 5, owner=owner)], now=NOW))
    with pytest.raises(SlotTaken):
        database.write(lambda session: move_claims(session, owner, [claim(5, 7, owner=owner)], now=NOW))
    with database.reading() as session:
        found = find_claims(session, ROOM, at(0), at(6), now=NOW)
    assert [(each.starts_at, each.ends_at) for each in found] == [(at(3), at(5))]


def test_what_is_released_is_free(database: Database) -> None:
    owner = uuid4()
    add(database, claim(2, 4, owner=owner))
    assert database.write(lambda session: release_claims(session, owner)) == 1
    add(database, claim(2, 4))


def test_missing_and_altered_guards_are_named(database: Database) -> None:
    with database.engine.begin() as connection:
        assert check_guards(connection) == []
        remove_guards(connection)
        assert any("is missing" in fault for fault in check_guards(connection))
        install_guards(connection)
        install_guards(connection)
        assert check_guards(connection) == []
