"""How far a request goes, and the limit of the way that one driver goes alone: limits are minutes or kilometres."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("trip_request") as batch:
        batch.add_column(sa.Column("one_way_km", sa.Integer(), nullable=True))
    _rename("minutes", "amount")


def downgrade() -> None:
    for table in ("limit_override", "driver_limit"):
        op.execute(sa.text(f"DELETE FROM {table} WHERE name = 'distance'"))  # noqa: S608  a name of ours
    _rename("amount", "minutes")
    with op.batch_alter_table("trip_request") as batch:
        batch.drop_column("one_way_km")


def _rename(before: str, after: str) -> None:
    with op.batch_alter_table("driver_limit") as batch:
        batch.drop_constraint(op.f(f"ck_driver_limit_{before}_not_negative"), type_="check")
        batch.alter_column(before, new_column_name=after)
        batch.create_check_constraint(op.f(f"ck_driver_limit_{after}_not_negative"), f"{after} >= 0")
    with op.batch_alter_table("limit_override") as batch:
        batch.alter_column(before, new_column_name=after)
