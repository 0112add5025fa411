"""The tables of the gateway. Secrets are kept as hashes only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from services.kernel.ids import new_id
from services.kernel.instants import Instant
from services.kernel.tables import JsonColumn

KERNEL_TABLES: list[type] = []


class Base(DeclarativeBase):
    """The base of the gateway's tables."""


class Account(Base):
    """A person who can log in. `roles` may hold staff and admin; everyone is a person."""

    __tablename__ = "accounts"
    __table_args__ = (CheckConstraint("email = lower(email)", name="ck_accounts_email"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    roles: Mapped[list[str]] = mapped_column(JsonColumn)
    language: Mapped[str] = mapped_column(String(8))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    memberships: Mapped[list["Membership"]] = relationship(
        lazy="selectin", order_by="Membership.organization_name"
    )


class Membership(Base):
    """What the gateway knows of a person's part in an organization, as of a version told by its source."""

    __tablename__ = "memberships"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organization_name: Mapped[str] = mapped_column(String(300))
    role: Mapped[str] = mapped_column(String(32))
    verified: Mapped[bool]
    version: Mapped[int]


class Session(Base):
    """A browser that is logged in."""

    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_account", "account_id"), Index("ix_sessions_expires", "expires_at"))

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class Token(Base):
    """A key to the API."""

    __tablename__ = "tokens"
    __table_args__ = (Index("ix_tokens_account", "account_id"), Index("ix_tokens_expires", "expires_at"))

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
