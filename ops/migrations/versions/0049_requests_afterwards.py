"""Why a request is recorded afterwards, and which form it came by."""

import sqlalchemy as sa
from alembic import op


revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("trip_request") as batch:
        batch.add_column(sa.Column("afterwards", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("sent_key", sa.String(), nullable=True))
        batch.create_unique_constraint(op.f("uq_trip_request_sent_key"), ["sent_key"])


def downgrade() -> None:
    with op.batch_alter_table("trip_request") as batch:
        batch.drop_constraint(op.f("uq_trip_request_sent_key"), type_="unique")
        batch.drop_column("sent_key")
        batch.drop_column("afterwards")
