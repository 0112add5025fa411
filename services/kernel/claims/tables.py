"""Claims, which exclude each other on their unit, and blocks, which only stop new claims."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, Text, Uuid, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from services.kernel.ids import new_id
from services.kernel.instants import Instant
from services.kernel.tables import KernelBase

CLAIM_KINDS = ("reservation", "hold", "offer", "loan", "session", "internal")
BLOCK_KINDS = ("closure", "maintenance", "overdue", "withdrawn", "licence_gap")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class Claim(KernelBase):
    """A promise: a unit is taken over the half-open time [starts_at, ends_at), buffers included."""

    __tablename__ = "claims"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    unit: Mapped[UUID] = mapped_column(Uuid)
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(20))
    owner_id: Mapped[UUID] = mapped_column(Uuid)
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    over_block: Mapped[bool] = mapped_column(default=False, server_default=false())
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="ck_claims_order"),
        CheckConstraint(_one_of("kind", CLAIM_KINDS), name="ck_claims_kind"),
        CheckConstraint("kind <> 'hold' OR expires_at IS NOT NULL", name="ck_claims_holds_expire"),
        CheckConstraint("kind IN ('hold', 'offer') OR expires_at IS NULL", name="ck_claims_others_last"),
        Index(
            "ix_claims_active",
            "unit",
            "starts_at",
            "ends_at",
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
        Index(
            "ix_claims_expiring",
            "expires_at",
            sqlite_where=text("expires_at IS NOT NULL"),
            postgresql_where=text("expires_at IS NOT NULL"),
        ),
        Index("ix_claims_owner", "owner_id"),
    )


class Block(KernelBase):
    """A fact: a unit cannot be used over [starts_at, ends_at). It is never refused and removes nothing."""

    __tablename__ = "blocks"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    unit: Mapped[UUID] = mapped_column(Uuid)
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(20))
    owner_id: Mapped[UUID] = mapped_column(Uuid)
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="ck_blocks_order"),
        CheckConstraint(_one_of("kind", BLOCK_KINDS), name="ck_blocks_kind"),
        # by their ends: most blocks asked about lie ahead, so those that are over are never read
        Index("ix_blocks_time", "unit", "ends_at", "starts_at"),
        Index("ix_blocks_owner", "owner_id"),
    )
