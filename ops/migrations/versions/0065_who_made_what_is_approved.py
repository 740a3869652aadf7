"""Who asked, quoted, invoiced and submitted is kept by his key: what one has made another approves."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

COLUMNS = (
    ("repair_step", "by_id"), ("trip_request", "asked_by_id"), ("hire", "asked_by_id"), ("hire_event", "by_id"),
    ("hire_invoice", "by_id"), ("trip_statement", "issued_by_id"),
)  # fmt: skip


def upgrade() -> None:
    for table, column in COLUMNS:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch.create_foreign_key(f"fk_{table}_{column}_user", "user", [column], ["id"])


def downgrade() -> None:
    for table, column in reversed(COLUMNS):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"fk_{table}_{column}_user", type_="foreignkey")
            batch.drop_column(column)
