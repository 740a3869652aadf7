"""By which SELECT the readings of a metric were counted."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "metric_fingerprint",
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("metric", name=op.f("pk_metric_fingerprint")),
    )


def downgrade() -> None:
    op.drop_table("metric_fingerprint")
