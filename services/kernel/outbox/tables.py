"""The table of what happened and has still to be told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from services.kernel.ids import new_id
from services.kernel.instants import Instant
from services.kernel.tables import JsonColumn, KernelBase

PENDING, QUEUED, DONE = "pending", "queued", "done"
# In queries too, word for word: SQLite uses the partial index only for the very condition it was made for.
OPEN = text("state <> 'done'")


class OutboxEvent(KernelBase):
    """One event. pending: to be put on the queue. queued: there, not yet acknowledged. done: told.

    `next_look_at` is when the relay looks at it next; `attempts` counts how often it went on the queue.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'queued', 'done')", name="ck_outbox_state"),
        Index("ix_outbox_open", "next_look_at", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_outbox_done", "done_at"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    type: Mapped[str] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    request_id: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(8), default=PENDING)
    job_id: Mapped[str | None] = mapped_column(String(64))
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime | None] = mapped_column(Instant)
    next_look_at: Mapped[datetime] = mapped_column(Instant)
    last_error: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
