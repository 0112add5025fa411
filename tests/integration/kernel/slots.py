"""Claims and blocks by the hour, for tests that need many of them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.kernel.claims import NewClaim, add_block, add_claims

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ROOM, OTHER = UUID(int=1), UUID(int=2)


def at(hours: float) -> datetime:
    """So many hours from now."""
    return NOW + timedelta(hours=hours)


def claim(session: Session, start: float, end: float, unit: UUID = ROOM) -> None:
    """Claim a unit in the caller's transaction."""
    add_claims(session, [NewClaim(unit, at(start), at(end), "reservation", uuid4())], now=NOW)


def block(session: Session, start: float, end: float, unit: UUID = ROOM) -> None:
    """Block a unit in the caller's transaction."""
    owner = uuid4()
    add_block(
        session, unit=unit, starts_at=at(start), ends_at=at(end), kind="closure", owner_id=owner, now=NOW
    )
