"""Accounts, sessions, tokens, memberships."""

import sqlalchemy as sa
from alembic import op

from services.kernel.instants import Instant
from services.kernel.tables import JsonColumn

revision = "0001_accounts"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("email", sa.String(254), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("roles", JsonColumn, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name="ck_accounts_email"),
    )
    op.create_table(
        "memberships",
        _account(primary_key=True),
        sa.Column("organization_id", sa.Uuid(), primary_key=True),
        sa.Column("organization_name", sa.String(300), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        _account(),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
    )
    op.create_table(
        "tokens",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        _account(),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
    )
    for table in ("sessions", "tokens"):
        op.create_index(f"ix_{table}_account", table, ["account_id"])
        op.create_index(f"ix_{table}_expires", table, ["expires_at"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("tokens", "sessions", "memberships", "accounts"):
        op.drop_table(table)


def _account(*, primary_key: bool = False) -> "sa.Column[object]":
    return sa.Column(
        "account_id",
        sa.Uuid(),
        sa.ForeignKey("accounts.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )
