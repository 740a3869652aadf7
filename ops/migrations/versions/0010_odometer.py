"""Odometer: readings of the dial become facts of their own; those of trips move there from the trips' rows."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOVED = (("departure", "departure"), ("trip_return", "return"))
MOVE = """INSERT INTO odometer_reading (vehicle_id, value, at, source, dispatch_id, recorded_at, recorded_by)
SELECT d.vehicle_id, t.odometer, t.at, '{source}', t.dispatch_id, t.at, t.by
FROM {table} t JOIN dispatch d ON d.id = t.dispatch_id"""
MOVE_BACK = """UPDATE {table} SET odometer = (
SELECT r.value FROM odometer_reading r LEFT JOIN reading_reversal x ON x.reading_id = r.id
WHERE r.dispatch_id = {table}.dispatch_id AND r.source = '{source}' AND x.reading_id IS NULL)"""


def upgrade() -> None:
    op.create_table(
        "odometer_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_odometer_reading_value_not_negative")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_odometer_reading_vehicle_id_vehicle")),
        sa.ForeignKeyConstraint(
            ["dispatch_id"], ["dispatch.id"], name=op.f("fk_odometer_reading_dispatch_id_dispatch")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["odometer_reading.id"], name=op.f("fk_odometer_reading_corrects_id_odometer_reading")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_odometer_reading")),
    )
    op.create_index("ix_odometer_reading_vehicle_at", "odometer_reading", ["vehicle_id", "at"])
    op.create_index("ix_odometer_reading_dispatch_source", "odometer_reading", ["dispatch_id", "source"])
    op.create_table(
        "dial_replacement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("old_last", sa.Integer(), nullable=False),
        sa.Column("new_first", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "old_last >= 0 AND new_first >= 0", name=op.f("ck_dial_replacement_values_not_negative")
        ),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_dial_replacement_vehicle_id_vehicle")),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_dial_replacement_attachment_id_attachment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dial_replacement")),
    )
    op.create_index("ix_dial_replacement_vehicle_at", "dial_replacement", ["vehicle_id", "at"])
    _reversal("reading_reversal", "reading_id", "odometer_reading")
    _reversal("replacement_reversal", "replacement_id", "dial_replacement")
    op.create_table(
        "finding_settlement",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_finding_settlement_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_finding_settlement")),
    )
    op.create_index(op.f("ix_finding_settlement_vehicle_id"), "finding_settlement", ["vehicle_id"])
    for table, source in MOVED:
        op.execute(MOVE.format(table=table, source=source))
        with op.batch_alter_table(table) as batch:
            batch.drop_column("odometer")


def _reversal(table: str, key: str, of: str) -> None:
    op.create_table(
        table,
        sa.Column(key, sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint([key], [f"{of}.id"], name=op.f(f"fk_{table}_{key}_{of}")),
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    for table, source in MOVED:
        op.add_column(table, sa.Column("odometer", sa.Integer(), nullable=True))
        op.execute(MOVE_BACK.format(table=table, source=source))
        with op.batch_alter_table(table) as batch:
            batch.alter_column("odometer", existing_type=sa.Integer(), nullable=False)
    for table in ("finding_settlement", "replacement_reversal", "reading_reversal", "dial_replacement"):
        op.drop_table(table)
    op.drop_table("odometer_reading")
