"""With the time in it, the index by value answers for the past as well; SQLite took the one by time for that."""

from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_odometer_reading_vehicle_value", "odometer_reading")
    op.create_index("ix_odometer_reading_vehicle_value_at", "odometer_reading", ["vehicle_id", "value", "at"])


def downgrade() -> None:
    op.drop_index("ix_odometer_reading_vehicle_value_at", "odometer_reading")
    op.create_index("ix_odometer_reading_vehicle_value", "odometer_reading", ["vehicle_id", "value"])
