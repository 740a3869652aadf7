"""Limits of alarms name their document and clause, and whether a paper of the house confirms them."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("position_setting") as batch_op:
        batch_op.add_column(sa.Column("document", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("clause", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("confirmed", sa.Boolean(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("position_setting") as batch_op:
        for name in ("confirmed", "clause", "document"):
            batch_op.drop_column(name)
