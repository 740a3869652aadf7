"""The category of a car from a day on."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "category_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("paper_no", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_category_change_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_change")),
    )
    op.create_index(op.f("ix_category_change_vehicle_id"), "category_change", ["vehicle_id"])
    op.create_table(
        "category_void",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["category_change.id"], name=op.f("fk_category_void_change_id_category_change")
        ),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_category_void")),
    )


def downgrade() -> None:
    op.drop_table("category_void")
    op.drop_index(op.f("ix_category_change_vehicle_id"), table_name="category_change")
    op.drop_table("category_change")
