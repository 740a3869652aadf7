"""How long a driver may be assigned; what was assigned beyond it."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "driver_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("from_hour", sa.Integer(), nullable=True),
        sa.Column("to_hour", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_driver_limit_minutes_not_negative")),
        sa.CheckConstraint("(from_hour IS NULL) = (to_hour IS NULL)", name=op.f("ck_driver_limit_both_hours")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_driver_limit")),
        sa.UniqueConstraint("name", "valid_from", name="uq_driver_limit_name_valid_from"),
    )
    op.create_table(
        "limit_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dispatch_id"], ["dispatch.id"], name=op.f("fk_limit_override_dispatch_id_dispatch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limit_override")),
    )
    with op.batch_alter_table("limit_override") as batch_op:
        batch_op.create_index(batch_op.f("ix_limit_override_dispatch_id"), ["dispatch_id"])


def downgrade() -> None:
    op.drop_table("limit_override")
    op.drop_table("driver_limit")
