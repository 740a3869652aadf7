"""Complaints about cars, and what was found out and answered."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

ABOUT = {"vehicle_id": "vehicle", "driver_id": "driver", "request_id": "trip_request"}


def upgrade() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ABOUT),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("complainant", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.CheckConstraint("vehicle_id IS NOT NULL OR driver_id IS NOT NULL", name=op.f("ck_complaint_car_or_driver")),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_complaint_{name}_{table}"))
            for name, table in ABOUT.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    for name in ABOUT:
        op.create_index(op.f(f"ix_complaint_{name}"), "complaint", [name])
    op.create_table(
        "complaint_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_step_complaint_id_complaint")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_step")),
        sa.UniqueConstraint("complaint_id", "number", name=op.f("uq_complaint_step_complaint_id_number")),
    )


def downgrade() -> None:
    op.drop_table("complaint_step")
    op.drop_table("complaint")
