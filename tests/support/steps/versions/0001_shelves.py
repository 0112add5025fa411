"""Shelves and what stands on them.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table("shelves", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_table(
        "books",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("shelf_id", sa.Integer(), sa.ForeignKey("shelves.id", ondelete="CASCADE"), nullable=False),
    )


def downgrade() -> None:
    """Take both away."""
    op.drop_table("books")
    op.drop_table("shelves")
