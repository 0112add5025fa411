"""What every service has: claims and blocks with their guards, outbox, idempotency keys, audit trail.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from services.kernel.claims import install_guards, remove_guards
from services.kernel.instants import Instant
from services.kernel.tables import JsonColumn

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, then the guards on claims and blocks."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=True),
        sa.Column("acting_for", sa.String(length=128), nullable=True),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("before", JsonColumn, nullable=True),
        sa.Column("after", JsonColumn, nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("request_id", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_audit_entity", "audit", ["entity", "entity_id", "id"], unique=False)
    op.create_table(
        "blocks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.Uuid(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('closure', 'maintenance', 'overdue', 'withdrawn', 'licence_gap')", name="ck_blocks_kind"
        ),
        sa.CheckConstraint("starts_at < ends_at", name="ck_blocks_order"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_blocks_owner", "blocks", ["owner_id"], unique=False)
    op.create_index("ix_blocks_time", "blocks", ["unit", "ends_at", "starts_at"], unique=False)
    op.create_table(
        "claims",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.Uuid(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("over_block", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("kind <> 'hold' OR expires_at IS NOT NULL", name="ck_claims_holds_expire"),
        sa.CheckConstraint("kind IN ('hold', 'offer') OR expires_at IS NULL", name="ck_claims_others_last"),
        sa.CheckConstraint(
            "kind IN ('reservation', 'hold', 'offer', 'loan', 'session', 'internal')", name="ck_claims_kind"
        ),
        sa.CheckConstraint("starts_at < ends_at", name="ck_claims_order"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_claims_active",
        "claims",
        ["unit", "starts_at", "ends_at"],
        unique=False,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )
    op.create_index(
        "ix_claims_expiring",
        "claims",
        ["expires_at"],
        unique=False,
        sqlite_where=sa.text("expires_at IS NOT NULL"),
        postgresql_where=sa.text("expires_at IS NOT NULL"),
    )
    op.create_index("ix_claims_owner", "claims", ["owner_id"], unique=False)
    op.create_table(
        "idempotency_keys",
        sa.Column("caller", sa.String(length=128), nullable=False),
        sa.Column("route", sa.String(length=128), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", JsonColumn, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("caller", "route", "key"),
    )
    op.create_index("ix_idempotency_keys_created", "idempotency_keys", ["created_at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("payload", JsonColumn, nullable=False),
        sa.Column("request_id", sa.String(length=80), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("job_id", sa.String(length=64), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", Instant(), nullable=True),
        sa.Column("next_look_at", Instant(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'queued', 'done')", name="ck_outbox_state"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outbox_done", "outbox", ["done_at"], unique=False)
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["next_look_at", "id"],
        unique=False,
        sqlite_where=sa.text("state <> 'done'"),
        postgresql_where=sa.text("state <> 'done'"),
    )
    install_guards(op.get_bind())


def downgrade() -> None:
    """Take all away."""
    remove_guards(op.get_bind())
    for table in ("outbox", "idempotency_keys", "claims", "blocks", "audit"):
        op.drop_table(table)
