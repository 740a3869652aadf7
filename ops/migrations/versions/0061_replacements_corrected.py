"""A record of a replaced dial that takes the place of one that was wrong."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

NAME = "fk_dial_replacement_corrects_id_dial_replacement"


def upgrade() -> None:
    with op.batch_alter_table("dial_replacement") as table:
        table.add_column(sa.Column("corrects_id", sa.Integer(), nullable=True))
        table.create_foreign_key(NAME, "dial_replacement", ["corrects_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("dial_replacement") as table:
        table.drop_constraint(NAME, type_="foreignkey")
        table.drop_column("corrects_id")
