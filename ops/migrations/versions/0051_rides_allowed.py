"""Who allowed by mouth that a request rides along where the longer trip had to be asked for."""

import sqlalchemy as sa
from alembic import op


revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("shared_ride", sa.Column("allowed_by", sa.String(), nullable=False, server_default=""))
    op.add_column("shared_ride", sa.Column("allowed_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("shared_ride") as batch:
        batch.drop_column("allowed_at")
        batch.drop_column("allowed_by")
