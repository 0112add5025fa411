"""A step that fails when half of it is done.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make a table, change rows, and fail."""
    op.create_table("halves", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("DELETE FROM books")
    raise ArithmeticError


def downgrade() -> None:
    """Never reached."""
