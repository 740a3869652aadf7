"""Vehicles: extensions, transfers, the vehicle reform, hired vehicles."""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dispatch_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("due_before", sa.DateTime(), nullable=False),
        sa.Column("due_after", sa.DateTime(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dispatch_id"], ["dispatch.id"], name=op.f("fk_dispatch_extension_dispatch_id_dispatch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch_extension")),
    )
    op.create_index(op.f("ix_dispatch_extension_dispatch_id"), "dispatch_extension", ["dispatch_id"])
    op.create_table(
        "vehicle_transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("from_holder", sa.String(), nullable=False),
        sa.Column("to_holder", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_vehicle_transfer_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_transfer")),
    )
    op.create_index(op.f("ix_vehicle_transfer_day"), "vehicle_transfer", ["day"])
    op.create_index(op.f("ix_vehicle_transfer_vehicle_id"), "vehicle_transfer", ["vehicle_id"])
    op.create_table(
        "transfer_void",
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["transfer_id"], ["vehicle_transfer.id"], name=op.f("fk_transfer_void_transfer_id_vehicle_transfer")),
        sa.PrimaryKeyConstraint("transfer_id", name=op.f("pk_transfer_void")),
    )
    op.create_table(
        "reform_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR to_on > from_on", name=op.f("ck_reform_unit_has_length")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reform_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reform_unit")),
    )
    op.create_index(op.f("ix_reform_unit_from_on"), "reform_unit", ["from_on"])
    op.create_index(op.f("ix_reform_unit_unit_id"), "reform_unit", ["unit_id"])
    op.create_table(
        "hire",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason_class", sa.String(), nullable=False),
        sa.Column("paper_no", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_hire_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hire")),
    )
    op.create_index(op.f("ix_hire_day"), "hire", ["day"])
    op.create_index(op.f("ix_hire_unit_id"), "hire", ["unit_id"])
    op.create_table(
        "hired_trip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hire_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("vendor", sa.String(), nullable=False),
        sa.Column("vehicle_class", sa.String(), nullable=False),
        sa.Column("plate", sa.String(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("price >= 0", name=op.f("ck_hired_trip_price_not_negative")),
        sa.ForeignKeyConstraint(["hire_id"], ["hire.id"], name=op.f("fk_hired_trip_hire_id_hire")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hired_trip")),
    )
    op.create_index(op.f("ix_hired_trip_day"), "hired_trip", ["day"])
    op.create_index(op.f("ix_hired_trip_hire_id"), "hired_trip", ["hire_id"])
    op.create_table(
        "hire_void",
        sa.Column("hire_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["hire_id"], ["hire.id"], name=op.f("fk_hire_void_hire_id_hire")),
        sa.PrimaryKeyConstraint("hire_id", name=op.f("pk_hire_void")),
    )


def downgrade() -> None:
    for table in ("hire_void", "hired_trip", "hire", "reform_unit", "transfer_void", "vehicle_transfer", "dispatch_extension"):
        op.drop_table(table)
