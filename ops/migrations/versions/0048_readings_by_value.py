"""An index to know at once whether a car's dial may be beyond a number: the board asks it of every car."""

from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_odometer_reading_vehicle_value", "odometer_reading", ["vehicle_id", "value"])


def downgrade() -> None:
    op.drop_index("ix_odometer_reading_vehicle_value", "odometer_reading")
