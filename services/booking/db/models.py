"""The tables of the booking service; claims, blocks, outbox and the like are the kernel's."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, Uuid, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from services.booking.domain.interval import Interval
from services.booking.domain.policy import Policy
from services.booking.domain.reservation import Awaiting, Status
from services.kernel.audit import AuditEntry
from services.kernel.claims import Block, Claim
from services.kernel.idempotency import IdempotencyKey
from services.kernel.ids import new_id
from services.kernel.instants import Instant
from services.kernel.outbox import OutboxEvent
from services.kernel.tables import JsonColumn

KERNEL_TABLES = [AuditEntry, Block, Claim, IdempotencyKey, OutboxEvent]

_STATUSES = ", ".join(f"'{status}'" for status in Status)
UNCONFIRMED = text("status = 'requested' AND awaiting = 'email'")
TO_REMIND = text("status = 'confirmed' AND remind_at IS NOT NULL")


class Base(DeclarativeBase):
    """The base of the service's own tables."""


class CentreRow(Base):
    """The centre, as its file was loaded last; there is one row."""

    __tablename__ = "centre"
    __table_args__ = (CheckConstraint("id = 1", name="ck_centre_single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    slug: Mapped[str] = mapped_column(String(64))
    name: Mapped[dict[str, str]] = mapped_column(JsonColumn)
    time_zone: Mapped[str] = mapped_column(String(64))
    languages: Mapped[list[str]] = mapped_column(JsonColumn)
    contact: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    demo: Mapped[bool]


class Room(Base):
    """A room. What only describes it is kept as JSON; one that left the centre file is not `active`."""

    __tablename__ = "rooms"
    __table_args__ = (Index("ix_rooms_position", "position", "id"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    capacity: Mapped[int]
    name: Mapped[dict[str, str]] = mapped_column(JsonColumn)
    description: Mapped[dict[str, str]] = mapped_column(JsonColumn)
    building: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    layouts: Mapped[list[dict[str, Any]]] = mapped_column(JsonColumn)
    features: Mapped[list[dict[str, Any]]] = mapped_column(JsonColumn)
    feature_slugs: Mapped[str] = mapped_column(Text)  # |projector|screen|, to be searched on both stores
    accessibility: Mapped[list[dict[str, Any]]] = mapped_column(JsonColumn)
    photos: Mapped[list[dict[str, Any]]] = mapped_column(JsonColumn)
    hours: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    policy: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it


class Reservation(Base):
    """A reservation with the rules that it was made under; `starts_at` and `ends_at` are without buffers.

    `sequence` counts the changes that calendars are told. `remind_at` is when the reminder is due.
    """

    __tablename__ = "reservations"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="ck_reservations_order"),
        CheckConstraint(f"status IN ({_STATUSES})", name="ck_reservations_status"),
        Index("ix_reservations_time", "starts_at", "id"),
        Index("ix_reservations_room", "room_id", "starts_at"),
        Index("ix_reservations_subject", "subject", "starts_at", "id"),
        Index("ix_reservations_status", "status", "starts_at", "id"),
        Index(
            "ix_reservations_unconfirmed",
            "confirm_by",
            sqlite_where=UNCONFIRMED,
            postgresql_where=UNCONFIRMED,
        ),
        Index("ix_reservations_remind", "remind_at", sqlite_where=TO_REMIND, postgresql_where=TO_REMIND),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    room_id: Mapped[UUID] = mapped_column(ForeignKey("rooms.id"))
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    whole_day: Mapped[bool]
    status: Mapped[str] = mapped_column(String(16))
    awaiting: Mapped[str | None] = mapped_column(String(8))
    confirm_by: Mapped[datetime | None] = mapped_column(Instant)
    purpose: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    public_title: Mapped[str | None] = mapped_column(Text)
    participants: Mapped[int]
    layout: Mapped[str | None] = mapped_column(String(64))
    charges_participants: Mapped[bool]
    organization_id: Mapped[UUID | None] = mapped_column(Uuid)
    contact_name: Mapped[str] = mapped_column(Text)
    contact_email: Mapped[str | None] = mapped_column(String(254))
    contact_phone: Mapped[str | None] = mapped_column(String(32))
    language: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str | None] = mapped_column(String(128))
    booked_by: Mapped[str | None] = mapped_column(String(128))
    policy: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    link_generation: Mapped[int] = mapped_column(default=1)
    sequence: Mapped[int] = mapped_column(default=0)
    cancel_reason: Mapped[str | None] = mapped_column(Text)
    decision_reason: Mapped[str | None] = mapped_column(Text)
    remind_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    room: Mapped[Room] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def slot(self) -> Interval:
        """The reserved time, without buffers."""
        return Interval(self.starts_at, self.ends_at)

    @property
    def rules(self) -> Policy:
        """The rules that it was made under."""
        return Policy.from_dict(self.policy)

    @property
    def awaits_email(self) -> bool:
        """Whether its owner has still to confirm it by the mailed link."""
        return self.status == Status.REQUESTED and self.awaiting == Awaiting.EMAIL

    @property
    def awaits_staff(self) -> bool:
        """Whether staff have still to decide it."""
        return self.status == Status.REQUESTED and self.awaiting == Awaiting.STAFF
