"""What became of the expenses that drivers noted on the way."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "expense_verdict",
        sa.Column("expense_id", sa.Integer(), sa.ForeignKey("trip_expense.id"), nullable=False),
        sa.Column("cost_id", sa.Integer(), sa.ForeignKey("vehicle_cost.id"), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("expense_id"),
        sa.UniqueConstraint("cost_id"),
        sa.CheckConstraint("(cost_id IS NULL) = (reason IS NOT NULL)", name="cost_or_reason"),
    )


def downgrade() -> None:
    op.drop_table("expense_verdict")
