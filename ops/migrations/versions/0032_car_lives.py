"""To whom transfers take a car, disposals, and changes of a car's file."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transfer_holding",
        sa.Column("transfer_id", sa.Integer(), sa.ForeignKey("vehicle_transfer.id"), nullable=False),
        sa.Column("owner_unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=True),
        sa.Column("using_unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=True),
        sa.Column("platform", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("transfer_id"),
    )
    op.create_table(
        "car_disposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), sa.ForeignKey("vehicle.id"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("income", sa.BigInteger(), nullable=False),
        sa.Column("paper_no", sa.String(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), sa.ForeignKey("attachment.id"), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.CheckConstraint("income >= 0", name=op.f("ck_car_disposal_income_not_negative")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_car_disposal_vehicle_id"), "car_disposal", ["vehicle_id"])
    op.create_table(
        "disposal_void",
        sa.Column("disposal_id", sa.Integer(), sa.ForeignKey("car_disposal.id"), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("disposal_id"),
    )
    op.create_table(
        "car_file_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), sa.ForeignKey("vehicle.id"), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_car_file_change_vehicle_id"), "car_file_change", ["vehicle_id"])


def downgrade() -> None:
    for table in ("car_file_change", "disposal_void", "car_disposal", "transfer_holding"):
        op.drop_table(table)
