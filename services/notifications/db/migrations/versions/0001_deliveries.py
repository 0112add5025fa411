"""The log of deliveries, and the audit trail.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from services.kernel.instants import Instant
from services.kernel.tables import JsonColumn

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

IS_OPEN = sa.text("next_attempt_at IS NOT NULL")
MAY_TELL_OF_PEOPLE = sa.text("erased_at IS NULL AND next_attempt_at IS NULL")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("template", sa.String(64), nullable=False),
        sa.Column("reservation_id", sa.Uuid()),
        sa.Column("request_id", sa.String(80)),
        sa.Column("recipient_name", sa.Text()),
        sa.Column("recipient_email", sa.String(320)),
        sa.Column("recipient_phone", sa.String(64)),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("subject", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("html", sa.Text()),
        sa.Column("calendar_method", sa.String(16)),
        sa.Column("calendar", sa.Text()),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", Instant()),
        sa.Column("not_after", Instant()),
        sa.Column("claimed_until", Instant()),
        sa.Column("last_error", sa.Text()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant()),
        sa.Column("erased_at", Instant()),
        sa.CheckConstraint(
            "state IN ('waiting', 'retrying', 'sent', 'kept', 'failed', 'skipped', 'withdrawn')",
            name="ck_deliveries_state",
        ),
        sa.CheckConstraint(
            "(state IN ('waiting', 'retrying')) = (next_attempt_at IS NOT NULL)", name="ck_deliveries_open"
        ),
        sa.CheckConstraint(
            "next_attempt_at IS NULL OR recipient_email IS NOT NULL", name="ck_deliveries_addressed"
        ),
    )
    op.create_index(
        "ix_deliveries_due", "deliveries", ["next_attempt_at"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
    )
    op.create_index(
        "ix_deliveries_open", "deliveries", ["created_at"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
    )
    op.create_index("ix_deliveries_created", "deliveries", ["created_at", "id"])
    op.create_index("ix_deliveries_state", "deliveries", ["state", "created_at", "id"])
    op.create_index("ix_deliveries_reservation", "deliveries", ["reservation_id", "created_at"])
    op.create_index(
        "ix_deliveries_to_erase",
        "deliveries",
        ["created_at"],
        sqlite_where=MAY_TELL_OF_PEOPLE,
        postgresql_where=MAY_TELL_OF_PEOPLE,
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("subject", sa.String(128)),
        sa.Column("acting_for", sa.String(128)),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("entity", sa.String(64), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("before", JsonColumn),
        sa.Column("after", JsonColumn),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("request_id", sa.String(80)),
    )
    op.create_index("ix_audit_entity", "audit", ["entity", "entity_id", "id"])


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("audit")
    op.drop_table("deliveries")
