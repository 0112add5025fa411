"""The tables of the notifications service."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, Text, Uuid, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.kernel.audit import AuditEntry
from services.kernel.instants import Instant
from services.notifications.domain.message import CalendarEntry, Message, Person, Wording
from services.notifications.domain.states import OPEN, State


def _among(states: tuple[State, ...]) -> str:
    return "state IN ({})".format(", ".join(f"'{state}'" for state in states))


_IS_OPEN = text("next_attempt_at IS NOT NULL")
_MAY_TELL_OF_PEOPLE = text("erased_at IS NULL AND next_attempt_at IS NULL")


KERNEL_TABLES = (AuditEntry,)
"""The kernel's tables that stand in this service's database as well."""


class Base(DeclarativeBase):
    """The base of the service's own tables."""


class Delivery(Base):
    """One message to one person: what is said, and how far it came.

    `id` is the message's id as its sender gave it, so that a repeat is recognised. `tries` counts
    within the present schedule of retries, `attempts` all of them. What is open, and nothing else, has a
    next attempt. A worker owns an attempt until
    `claimed_until`. What could tell about the person is erased after a while (`erased_at`).
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        CheckConstraint(_among(tuple(State)), name="ck_deliveries_state"),
        CheckConstraint(f"({_among(OPEN)}) = (next_attempt_at IS NOT NULL)", name="ck_deliveries_open"),
        CheckConstraint(
            "next_attempt_at IS NULL OR recipient_email IS NOT NULL", name="ck_deliveries_addressed"
        ),
        Index("ix_deliveries_due", "next_attempt_at", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index("ix_deliveries_open", "created_at", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index("ix_deliveries_created", "created_at", "id"),
        Index("ix_deliveries_state", "state", "created_at", "id"),
        Index("ix_deliveries_reservation", "reservation_id", "created_at"),
        Index(
            "ix_deliveries_to_erase",
            "created_at",
            sqlite_where=_MAY_TELL_OF_PEOPLE,
            postgresql_where=_MAY_TELL_OF_PEOPLE,
        ),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    template: Mapped[str] = mapped_column(String(64))
    reservation_id: Mapped[UUID | None] = mapped_column(Uuid)
    request_id: Mapped[str | None] = mapped_column(String(80))
    recipient_name: Mapped[str | None] = mapped_column(Text)
    recipient_email: Mapped[str | None] = mapped_column(String(320))
    recipient_phone: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str | None] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    calendar_method: Mapped[str | None] = mapped_column(String(16))
    calendar: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None] = mapped_column(Instant)
    not_after: Mapped[datetime | None] = mapped_column(Instant)
    claimed_until: Mapped[datetime | None] = mapped_column(Instant)
    last_error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    erased_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def has_message(self) -> bool:
        """There is something to send, and somebody to send it to."""
        return self.html is not None and self.recipient_email is not None

    def message(self) -> Message:
        """The message as a value; only where `has_message`."""
        calendar = CalendarEntry(self.calendar_method or "", self.calendar) if self.calendar else None
        return Message(
            id=self.id,
            recipient=Person(self.recipient_name or "", self.recipient_email or ""),
            language=self.language,
            wording=Wording(self.subject or "", self.text or "", self.html or ""),
            calendar=calendar,
            created_at=self.created_at,
        )
