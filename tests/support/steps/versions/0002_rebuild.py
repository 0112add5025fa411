"""Shelves get a width; on SQLite the table is rebuilt for it.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rebuild the table that others point at."""
    with op.batch_alter_table("shelves", recreate="auto") as batch:
        batch.add_column(sa.Column("width", sa.Integer(), nullable=False, server_default="80"))
        batch.create_check_constraint("ck_shelves_width", "width > 0")


def downgrade() -> None:
    """Take the width away."""
    with op.batch_alter_table("shelves") as batch:
        batch.drop_constraint("ck_shelves_width", type_="check")
        batch.drop_column("width")
