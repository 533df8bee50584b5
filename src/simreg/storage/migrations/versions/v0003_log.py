"""The tamper-evident log."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make its tables."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "log_leaves",
        sa.Column("number", number, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=40)),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_log_leaves"),
    )
    op.create_index("ix_log_leaves_day_case_id", "log_leaves", ["day", "case_id"])
    op.create_table(
        "log_tiles",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", number, autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name="pk_log_tiles"),
    )
    op.create_table(
        "log_frontier",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", number, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("at", number, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log_frontier"),
    )
    op.create_table(
        "log_checkpoints",
        sa.Column("size", number, autoincrement=False, nullable=False),
        sa.Column("at", number, nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("size", name="pk_log_checkpoints"),
    )
