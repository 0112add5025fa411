"""Random claims, blocks, holds, moves and cuts against a brute-force model, on both stores."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from services.kernel.claims import (
    Block,
    Claim,
    NewClaim,
    add_block,
    add_claims,
    cut_claims,
    find_claims,
    move_claims,
    release_claims,
    remove_blocks,
)
from services.kernel.database import Database
from services.kernel.errors import SlotBlocked, SlotTaken

START = datetime(2026, 3, 2, tzinfo=UTC)
UNITS = [UUID(int=1), UUID(int=2)]
LAST = 24
FOREVER = 10**6

spans = st.tuples(st.integers(0, LAST - 1), st.integers(1, 8)).map(lambda span: (span[0], span[0] + span[1]))
units = st.sampled_from(UNITS)
owners = st.integers(0, 5)
steps = st.one_of(
    st.tuples(st.just("claim"), owners, st.lists(st.tuples(units, spans), min_size=1, max_size=3)),
    st.tuples(st.just("hold"), owners, st.tuples(units, spans), st.integers(1, 6)),
    st.tuples(st.just("over"), owners, st.tuples(units, spans)),
    st.tuples(st.just("move"), owners, st.tuples(units, spans)),
    st.tuples(st.just("release"), owners),
    st.tuples(st.just("cut"), owners),
    st.tuples(st.just("block"), owners, st.tuples(units, spans)),
    st.tuples(st.just("unblock"), owners),
    st.tuples(st.just("wait"), st.integers(1, 5)),
)


@dataclass(frozen=True)
class Span:
    owner: int
    unit: UUID
    start: int
    end: int
    expires: int = FOREVER

    def overlaps(self, other: "Span") -> bool:
        return self.unit == other.unit and self.start < other.end and other.start < self.end


@dataclass
class Model:
    """What must hold, written as plainly as possible."""

    now: int = 0
    claims: list[Span] = field(default_factory=list)
    blocks: list[Span] = field(default_factory=list)

    def add(self, new: list[Span], *, over: bool = False, moving: int | None = None) -> str | None:
        kept = [c for c in self.claims if c.owner != moving]
        kept = [c for c in kept if c.expires > self.now or not any(c.overlaps(n) for n in new)]
        twice = any(a.overlaps(b) for i, a in enumerate(new) for b in new[i + 1 :])
        taken = twice or any(c.overlaps(n) for c in kept for n in new)
        blocked = not over and any(b.overlaps(n) for b in self.blocks for n in new)
        if taken or blocked:
            return "either" if taken and blocked else ("taken" if taken else "blocked")
        self.claims = kept + new
        return None

    def cut(self, owner: int) -> None:
        mine = [c for c in self.claims if c.owner == owner]
        rest = [c for c in self.claims if c.owner != owner]
        still = [c for c in mine if c.start < self.now]
        self.claims = rest + [replace(c, end=min(c.end, self.now)) for c in still]


def at(hour: int) -> datetime:
    return START + timedelta(hours=hour)


def owner_id(number: int) -> UUID:
    return UUID(int=100 + number)


def new_claim(span: Span, kind: str, over: bool = False) -> NewClaim:
    expires = at(span.expires) if span.expires < FOREVER else None
    return NewClaim(span.unit, at(span.start), at(span.end), kind, owner_id(span.owner), over, expires)


def outcome(database: Database, work) -> str | None:
    try:
        database.write(work)
    except SlotTaken:
        return "taken"
    except SlotBlocked:
        return "blocked"
    return None


def apply(database: Database, model: Model, step: tuple) -> None:
    name, *rest = step
    now = at(model.now)
    if name == "wait":
        model.now += rest[0]
    elif name in ("claim", "hold", "over", "move"):
        owner, wanted = rest[0], rest[1] if name == "claim" else [rest[1]]
        expires = model.now + rest[2] if name == "hold" else FOREVER
        new = [Span(owner, unit, start, end, expires) for unit, (start, end) in wanted]
        expected = model.add(new, over=name == "over", moving=owner if name == "move" else None)
        made = [new_claim(span, "hold" if name == "hold" else "reservation", name == "over") for span in new]
        if name == "move":
            got = outcome(database, lambda session: move_claims(session, owner_id(owner), made, now=now))
        else:
            got = outcome(database, lambda session: add_claims(session, made, now=now))
        assert got == expected or (expected == "either" and got in ("taken", "blocked")), (
            step,
            got,
            expected,
        )
    elif name == "release":
        database.write(lambda session: release_claims(session, owner_id(rest[0])))
        model.claims = [c for c in model.claims if c.owner != rest[0]]
    elif name == "cut":
        database.write(lambda session: cut_claims(session, owner_id(rest[0]), now=now))
        model.cut(rest[0])
    elif name == "block":
        unit, (start, end) = rest[1]
        model.blocks.append(Span(rest[0], unit, start, end))
        database.write(
            lambda session: add_block(
                session,
                unit=unit,
                starts_at=at(start),
                ends_at=at(end),
                kind="closure",
                owner_id=owner_id(rest[0]),
                now=now,
            )
        )
    elif name == "unblock":
        model.blocks = [b for b in model.blocks if b.owner != rest[0]]
        database.write(lambda session: remove_blocks(session, owner_id(rest[0])))


def assert_agreement(database: Database, model: Model) -> None:
    with database.reading() as session:
        found = find_claims(session, UNITS, at(-100), at(100), now=at(model.now))
        got = sorted((c.owner_id, c.unit, c.starts_at, c.ends_at) for c in found)
        part = find_claims(session, UNITS, at(6), at(12), now=at(model.now))
    living = [c for c in model.claims if c.expires > model.now]
    assert got == sorted((owner_id(c.owner), c.unit, at(c.start), at(c.end)) for c in living)
    assert len(part) == len([c for c in living if c.start < 12 and c.end > 6])


def play(database: Database, script: list[tuple]) -> None:
    database.write(lambda session: (session.execute(delete(Claim)), session.execute(delete(Block))))
    model = Model()
    for step in script:
        apply(database, model, step)
        assert_agreement(database, model)


SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@given(script=st.lists(steps, max_size=25))
@settings(max_examples=40, deadline=None, suppress_health_check=SHARED)
def test_the_database_decides_as_the_model_does(database: Database, script: list[tuple]) -> None:
    play(database, script)


@pytest.mark.slow
@given(script=st.lists(steps, min_size=20, max_size=80))
@settings(max_examples=40, deadline=None, suppress_health_check=SHARED)
def test_the_database_decides_as_the_model_does_at_length(database: Database, script: list[tuple]) -> None:
    play(database, script)
