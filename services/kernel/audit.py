"""The audit trail: who did what, on whose behalf, what was before and after, and why. Only ever added to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, Session, mapped_column

from services.kernel.caller import Caller
from services.kernel.ids import new_id
from services.kernel.instants import Instant
from services.kernel.logs import current_request_id
from services.kernel.tables import JsonColumn, KernelBase


class AuditEntry(KernelBase):
    """One act; `subject` is None for someone without an account."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_entity", "entity", "entity_id", "id"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(Instant)
    subject: Mapped[str | None] = mapped_column(String(128))
    acting_for: Mapped[str | None] = mapped_column(String(128))
    action: Mapped[str] = mapped_column(String(64))
    entity: Mapped[str] = mapped_column(String(64))
    entity_id: Mapped[UUID] = mapped_column(Uuid)
    before: Mapped[Any | None] = mapped_column(JsonColumn)
    after: Mapped[Any | None] = mapped_column(JsonColumn)
    why: Mapped[str] = mapped_column(Text, default="")
    request_id: Mapped[str | None] = mapped_column(String(80))


def note(
    session: Session,
    *,
    caller: Caller | None,
    action: str,
    entity: str,
    entity_id: UUID,
    now: datetime,
    before: Any = None,
    after: Any = None,
    why: str = "",
) -> None:
    """Add an entry to the caller's transaction; `caller` is None for what the suite does by itself."""
    session.add(
        AuditEntry(
            id=new_id(),
            at=now,
            subject=caller.subject if caller else None,
            acting_for=caller.acting_for if caller else None,
            action=action,
            entity=entity,
            entity_id=entity_id,
            before=before,
            after=after,
            why=why,
            request_id=current_request_id(),
        )
    )
