"""Blocks: recorded as they happen, never refused, in nobody's way but that of new claims."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.kernel.database import count_changed

from .tables import Block


def add_block(
    session: Session,
    *,
    unit: UUID,
    starts_at: datetime,
    ends_at: datetime,
    kind: str,
    owner_id: UUID,
    now: datetime,
    reason: str = "",
) -> Block:
    """Record that a unit cannot be used over [starts_at, ends_at); what is claimed there stays claimed.

    Several units are blocked in the order of their ids, so that two closures never wait for each other.
    """
    block = Block(
        unit=unit,
        starts_at=starts_at,
        ends_at=ends_at,
        kind=kind,
        owner_id=owner_id,
        reason=reason,
        created_at=now,
    )
    session.add(block)
    session.flush()
    return block


def remove_blocks(session: Session, owner_id: UUID) -> int:
    """Delete all blocks of an owner; the number deleted."""
    return count_changed(session, delete(Block).where(Block.owner_id == owner_id))


def find_blocks(
    session: Session, units: UUID | Iterable[UUID], starts_at: datetime, ends_at: datetime
) -> list[Block]:
    """Blocks that overlap [starts_at, ends_at), by unit and start."""
    asked = [units] if isinstance(units, UUID) else sorted(set(units))
    query = select(Block).where(Block.unit.in_(asked), Block.ends_at > starts_at, Block.starts_at < ends_at)
    return list(session.scalars(query.order_by(Block.unit, Block.starts_at, Block.id)))
