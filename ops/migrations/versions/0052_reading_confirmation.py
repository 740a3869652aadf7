"""A reading that does not fit those beside it is taken with a reason."""

import sqlalchemy as sa
from alembic import op


revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reading_confirmation",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("beside", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["odometer_reading.id"], name=op.f("fk_reading_confirmation_reading_id_odometer_reading")
        ),
        sa.PrimaryKeyConstraint("reading_id", name=op.f("pk_reading_confirmation")),
    )


def downgrade() -> None:
    op.drop_table("reading_confirmation")
