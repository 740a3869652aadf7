"""Why a car left before it was assigned; whether the telephone of whoever confirmed on the driver's phone was checked."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("departure") as batch:
        batch.add_column(sa.Column("early_reason", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("kilometre_signature") as batch:
        batch.add_column(sa.Column("is_checked", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("kilometre_signature") as batch:
        batch.drop_column("is_checked")
    with op.batch_alter_table("departure") as batch:
        batch.drop_column("early_reason")
