"""Who allowed by mouth that a trip takes longer."""

import sqlalchemy as sa
from alembic import op


revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dispatch_extension", sa.Column("allowed_by", sa.String(), nullable=False, server_default=""))
    op.add_column("dispatch_extension", sa.Column("allowed_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("dispatch_extension") as batch:
        batch.drop_column("allowed_at")
        batch.drop_column("allowed_by")
