"""Vehicles: cars that are kept free for a time."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def _moment(name: str) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(), nullable=False)


def _text(name: str) -> sa.Column[sa.String]:
    return sa.Column(name, sa.String(), nullable=False)


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "vehicle_reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        _moment("starts_at"), _moment("ends_at"), _text("reason"), _moment("at"), _text("by"),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_vehicle_reservation_has_length")),
        _of("vehicle_reservation", "vehicle_id", "vehicle"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_reservation")),
    )  # fmt: skip
    op.create_index(
        "ix_vehicle_reservation_vehicle_id_ends_at", "vehicle_reservation", ["vehicle_id", "ends_at"], unique=False
    )
    op.create_table(
        "reservation_lift",
        sa.Column("reservation_id", sa.Integer(), nullable=False),
        _moment("at"), _text("by"), _text("reason"),
        _of("reservation_lift", "reservation_id", "vehicle_reservation"),
        sa.PrimaryKeyConstraint("reservation_id", name=op.f("pk_reservation_lift")),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("reservation_lift")
    op.drop_table("vehicle_reservation")
