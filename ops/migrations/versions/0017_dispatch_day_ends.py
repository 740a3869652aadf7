"""Vehicles: the index that the dispatch board reads a period by."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_dispatch_day_ends", "dispatch", ["day", "ends_at"])


def downgrade() -> None:
    op.drop_index("ix_dispatch_day_ends", "dispatch")
