"""Making, moving and ending claims; the database decides, these functions only say it in Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, and_, column, delete, func, or_, select, text, update, values
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import UpdateBase

from services.kernel.database import count_changed
from services.kernel.database.failures import told_in_our_errors

from .tables import Claim


@dataclass(frozen=True)
class NewClaim:
    """A claim to be made: a unit over [starts_at, ends_at), buffers included; holds and offers expire."""

    unit: UUID
    starts_at: datetime
    ends_at: datetime
    kind: str
    owner_id: UUID
    over_block: bool = False
    expires_at: datetime | None = None


def add_claims(session: Session, claims: Sequence[NewClaim], *, now: datetime) -> list[Claim]:
    """Make the claims, all or none; lapsed holds in their way are deleted first.

    Raises SlotTaken or SlotBlocked as the database refuses. The transaction is then over: work out
    clashes and alternatives outside it.
    """
    ordered = sorted(claims, key=lambda claim: (claim.unit, claim.starts_at))  # rivals lock in one order
    _delete_lapsed(session, ordered, now)
    rows = [
        Claim(
            unit=claim.unit,
            starts_at=claim.starts_at,
            ends_at=claim.ends_at,
            kind=claim.kind,
            owner_id=claim.owner_id,
            active=True,
            over_block=claim.over_block,
            expires_at=claim.expires_at,
            created_at=now,
        )
        for claim in ordered
    ]
    session.add_all(rows)
    with told_in_our_errors():
        session.flush()
    return rows


def release_claims(session: Session, owner_id: UUID) -> int:
    """Delete all claims of an owner; the number of claims deleted."""
    return _changed(session, delete(Claim).where(Claim.owner_id == owner_id))


def move_claims(session: Session, owner_id: UUID, new: Sequence[NewClaim], *, now: datetime) -> list[Claim]:
    """Release all claims of an owner, then make the new ones, all or none. Raises as `add_claims` does."""
    release_claims(session, owner_id)
    return add_claims(session, new, now=now)


def confirm_claims(session: Session, owner_id: UUID, *, kind: str) -> int:
    """Turn the holds of an owner into lasting claims of `kind`; 0 when they are gone.

    A hold that lapsed and that nobody claimed over still counts: whether it may still be confirmed is
    the caller's rule.
    """
    mine = and_(Claim.owner_id == owner_id, Claim.expires_at.is_not(None))
    return _changed(session, update(Claim).where(mine).values(kind=kind, expires_at=None))


def cut_claims(session: Session, owner_id: UUID, *, now: datetime) -> int:
    """Give back what lies ahead: running claims end now, later ones are deleted; the number changed."""
    mine = Claim.owner_id == owner_id
    ahead = _changed(session, delete(Claim).where(mine, Claim.starts_at >= now))
    running = update(Claim).where(mine, Claim.starts_at < now, Claim.ends_at > now)
    return ahead + _changed(session, running.values(ends_at=now))


def find_claims(
    session: Session, units: UUID | Iterable[UUID], starts_at: datetime, ends_at: datetime, *, now: datetime
) -> list[Claim]:
    """Active claims that overlap [starts_at, ends_at), lapsed holds left out, by unit and start."""
    asked = [units] if isinstance(units, UUID) else sorted(set(units))
    if not asked:
        return []
    unit = values(column("unit", Uuid), name="asked").data([(each,) for each in asked]).cte("asked")
    # As claims never overlap, only the last that starts before the time can reach into it: a step in
    # the index finds it, where a plain overlap condition would read the unit's whole past.
    earlier = Claim.__table__.alias("earlier")
    first = (
        select(func.max(earlier.c.starts_at))
        .where(earlier.c.unit == unit.c.unit, text("earlier.active"), earlier.c.starts_at <= starts_at)
        .correlate(unit)
        .scalar_subquery()
    )
    query = (
        select(Claim)
        .join(unit, Claim.unit == unit.c.unit)
        .where(
            text("claims.active"),  # in the words of the index: for SQLite `active = 1` is something else
            Claim.starts_at >= func.coalesce(first, starts_at),
            Claim.starts_at < ends_at,
            Claim.ends_at > starts_at,
            or_(Claim.expires_at.is_(None), Claim.expires_at > now),
        )
        .order_by(Claim.unit, Claim.starts_at)
    )
    return list(session.scalars(query))


def _delete_lapsed(session: Session, claims: Sequence[NewClaim], now: datetime) -> None:
    lapsed = and_(Claim.expires_at.is_not(None), Claim.expires_at <= now)
    units = sorted({claim.unit for claim in claims})
    rows = session.execute(
        select(Claim.id, Claim.unit, Claim.starts_at, Claim.ends_at).where(lapsed, Claim.unit.in_(units))
    ).all()
    in_the_way = sorted(
        row.id
        for row in rows
        if any(
            row.unit == claim.unit and row.starts_at < claim.ends_at and claim.starts_at < row.ends_at
            for claim in claims
        )
    )
    if in_the_way:
        # `lapsed` once more: on PostgreSQL its owner may have confirmed it since
        _changed(session, delete(Claim).where(Claim.id.in_(in_the_way), lapsed))


def _changed(session: Session, statement: UpdateBase) -> int:
    with told_in_our_errors():
        return count_changed(session, statement)
