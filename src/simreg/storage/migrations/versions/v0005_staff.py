"""A second factor for the staff, and changes that two people have to agree to.

Whoever is signed in signs in again.
"""

import sqlalchemy as sa
from alembic import op

from simreg.storage.columns import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.execute("DELETE FROM staff_sessions")
    op.add_column("staff_sessions", sa.Column("second_at", Moment))
    op.create_table(
        "second_factors",
        sa.Column("staff_id", sa.String(length=40), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("recovery", sa.JSON(), nullable=False),
        sa.Column("confirmed_at", Moment),
        sa.PrimaryKeyConstraint("staff_id", name="pk_second_factors"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_second_factors_staff_id_staff", ondelete="CASCADE"),
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("target", sa.String(length=200), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("before", sa.String(length=64)),
        sa.Column("proposed_by", sa.String(length=64), nullable=False),
        sa.Column("proposed_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("second", sa.String(length=64)),
        sa.Column("ended_at", Moment),
        sa.Column("outcome", sa.String(length=64)),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
    )
    op.create_index("ix_proposals_kind_target", "proposals", ["kind", "target"])
