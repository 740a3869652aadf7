"""Vehicles: requests that ride with another's trip, and the dated settings of dispatching."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_ride",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["dispatch_id"], ["dispatch.id"], name=op.f("fk_shared_ride_dispatch_id_dispatch")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["trip_request.id"], name=op.f("fk_shared_ride_request_id_trip_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_ride")),
    )
    op.create_index(op.f("ix_shared_ride_dispatch_id"), "shared_ride", ["dispatch_id"])
    open_now = sa.text("released_at IS NULL")
    op.create_index(
        "uq_shared_ride_request_now",
        "shared_ride",
        ["request_id"],
        unique=True,
        sqlite_where=open_now,
        postgresql_where=open_now,
    )
    op.create_table(
        "ride_parting",
        sa.Column("ride_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ride_id"], ["shared_ride.id"], name=op.f("fk_ride_parting_ride_id_shared_ride")),
        sa.PrimaryKeyConstraint("ride_id", name=op.f("pk_ride_parting")),
    )
    op.create_table(
        "dispatch_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_dispatch_setting_value_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch_setting")),
        sa.UniqueConstraint("name", "valid_from", name="uq_dispatch_setting_name_valid_from"),
    )


def downgrade() -> None:
    op.drop_table("dispatch_setting")
    op.drop_table("ride_parting")
    op.drop_table("shared_ride")
