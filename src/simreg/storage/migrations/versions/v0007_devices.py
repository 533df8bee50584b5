"""Devices of the staff, and the orders that they signed."""

import sqlalchemy as sa
from alembic import op

from simreg.storage.columns import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "devices",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=40), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("registered_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_devices"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_devices_staff_id_staff", ondelete="CASCADE"),
    )
    op.create_table(
        "signed_orders",
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_signed_orders"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_signed_orders_case_id_cases", ondelete="CASCADE"),
    )
