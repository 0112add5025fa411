"""The centre, its rooms, and reservations.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from services.kernel.instants import Instant
from services.kernel.tables import JsonColumn

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "centre",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", JsonColumn, nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("languages", JsonColumn, nullable=False),
        sa.Column("contact", JsonColumn, nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_centre_single"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("name", JsonColumn, nullable=False),
        sa.Column("description", JsonColumn, nullable=False),
        sa.Column("building", JsonColumn, nullable=False),
        sa.Column("layouts", JsonColumn, nullable=False),
        sa.Column("features", JsonColumn, nullable=False),
        sa.Column("feature_slugs", sa.Text(), nullable=False),
        sa.Column("accessibility", JsonColumn, nullable=False),
        sa.Column("photos", JsonColumn, nullable=False),
        sa.Column("hours", JsonColumn, nullable=False),
        sa.Column("policy", JsonColumn, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_index("ix_rooms_position", "rooms", ["position", "id"], unique=False)
    op.create_table(
        "reservations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("whole_day", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("awaiting", sa.String(length=8), nullable=True),
        sa.Column("confirm_by", Instant(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("public_title", sa.Text(), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("layout", sa.String(length=64), nullable=True),
        sa.Column("charges_participants", sa.Boolean(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=True),
        sa.Column("contact_phone", sa.String(length=32), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=True),
        sa.Column("booked_by", sa.String(length=128), nullable=True),
        sa.Column("policy", JsonColumn, nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("remind_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('requested', 'confirmed', 'settling', 'declined', 'cancelled',"
            " 'checked_in', 'completed', 'no_show', 'expired')",
            name="ck_reservations_status",
        ),
        sa.CheckConstraint("starts_at < ends_at", name="ck_reservations_order"),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["rooms.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_reservations_remind",
        "reservations",
        ["remind_at"],
        unique=False,
        sqlite_where=sa.text("status = 'confirmed' AND remind_at IS NOT NULL"),
        postgresql_where=sa.text("status = 'confirmed' AND remind_at IS NOT NULL"),
    )
    op.create_index("ix_reservations_room", "reservations", ["room_id", "starts_at"], unique=False)
    op.create_index("ix_reservations_status", "reservations", ["status", "starts_at", "id"], unique=False)
    op.create_index("ix_reservations_subject", "reservations", ["subject", "starts_at", "id"], unique=False)
    op.create_index("ix_reservations_time", "reservations", ["starts_at", "id"], unique=False)
    op.create_index(
        "ix_reservations_unconfirmed",
        "reservations",
        ["confirm_by"],
        unique=False,
        sqlite_where=sa.text("status = 'requested' AND awaiting = 'email'"),
        postgresql_where=sa.text("status = 'requested' AND awaiting = 'email'"),
    )


def downgrade() -> None:
    """Take all away."""
    for table in ("reservations", "rooms", "centre"):
        op.drop_table(table)
