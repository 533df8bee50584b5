"""Lines that are frozen, and cases found by their person."""

import sqlalchemy as sa
from alembic import op

from simreg.storage.columns import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "freezes",
        sa.Column("line", sa.String(length=64), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("line", name="pk_freezes"),
    )
