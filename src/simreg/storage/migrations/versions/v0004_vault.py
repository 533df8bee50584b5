"""Keys of what is sealed lie in a store of their own; what waits to be destroyed there.

What was sealed under the deployment's own key goes: a portrait of minutes ago, which its subscriber shows again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "destructions",
        sa.Column("key_id", sa.String(length=80), nullable=False),
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name="pk_destructions"),
    )
    op.execute("DELETE FROM sealed")
