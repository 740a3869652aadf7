"""Who took an approver's verdict over from paper."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("approval_verdict") as batch:
        batch.add_column(sa.Column("noted_by", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("approval_verdict") as batch:
        batch.drop_column("noted_by")
