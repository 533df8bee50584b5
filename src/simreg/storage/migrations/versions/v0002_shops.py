"""A member of the staff may belong to a shop; cases are found by agent and shop, and by when their records may go."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the indexes."""
    op.add_column("staff", sa.Column("shop", sa.String(length=64)))
    op.create_index("ix_cases_agent_created_at", "cases", ["agent", "created_at"])
    op.create_index("ix_cases_shop_created_at", "cases", ["shop", "created_at"])
    op.create_index("ix_cases_profile_state_changed_at", "cases", ["profile", "state", "changed_at"])
