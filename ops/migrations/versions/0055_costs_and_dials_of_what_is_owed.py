"""What was done knows its row of the ledger, and a reading what it came with; terms remind by kilometres ahead."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

TERMS = sa.table("obligation_term", sa.column("kind", sa.String), sa.column("km", sa.Integer), sa.column("km_ahead"))
# The fee of an inspection stood in the ledger beside what was done. Where two that count would take the same row, or
# what was done was recorded by mistake, the amount stays as it was typed.
PAID = """
UPDATE obligation_done SET cost = NULL, cost_id = (
    SELECT min(c.id) FROM vehicle_cost c JOIN obligation o ON o.vehicle_id = c.vehicle_id
    WHERE o.id = obligation_done.obligation_id AND c.kind = 'inspection' AND c.day = obligation_done.done_on
    AND c.amount = obligation_done.cost AND NOT EXISTS (SELECT 1 FROM vehicle_cost r WHERE r.reverses_id = c.id)
) WHERE id IN (
    SELECT min(d.id) FROM obligation_done d JOIN obligation o ON o.id = d.obligation_id
    WHERE d.cost IS NOT NULL AND o.kind IN ('inspection_test', 'inspection_mark')
    AND NOT EXISTS (SELECT 1 FROM done_reversal v WHERE v.done_id = d.id)
    AND EXISTS (
        SELECT 1 FROM vehicle_cost c WHERE c.vehicle_id = o.vehicle_id AND c.kind = 'inspection'
        AND c.day = d.done_on AND c.amount = d.cost
        AND NOT EXISTS (SELECT 1 FROM vehicle_cost r WHERE r.reverses_id = c.id)
    )
    GROUP BY o.vehicle_id, d.done_on, d.cost HAVING count(*) = 1
)
"""


def upgrade() -> None:
    with op.batch_alter_table("obligation_done") as batch_op:
        batch_op.add_column(sa.Column("cost_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_obligation_done_cost_id_vehicle_cost"), "vehicle_cost", ["cost_id"], ["id"])
        batch_op.create_index(op.f("ix_obligation_done_cost_id"), ["cost_id"])
    with op.batch_alter_table("odometer_reading") as batch_op:
        batch_op.add_column(sa.Column("done_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_odometer_reading_done_id_obligation_done"), "obligation_done", ["done_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_odometer_reading_done_id"), ["done_id"])
    op.add_column("obligation_term", sa.Column("km_ahead", sa.Integer(), nullable=True))
    op.execute(TERMS.update().where(TERMS.c.kind == "maintenance", TERMS.c.km.is_not(None)).values(km_ahead=1000))
    op.execute(PAID)


def downgrade() -> None:
    op.execute(
        "UPDATE obligation_done SET cost = (SELECT amount FROM vehicle_cost c WHERE c.id = obligation_done.cost_id)"
        " WHERE cost IS NULL AND cost_id IN (SELECT id FROM vehicle_cost WHERE kind <> 'insurance')"
    )
    with op.batch_alter_table("obligation_term") as batch_op:
        batch_op.drop_column("km_ahead")
    with op.batch_alter_table("odometer_reading") as batch_op:
        batch_op.drop_index(op.f("ix_odometer_reading_done_id"))
        batch_op.drop_constraint(op.f("fk_odometer_reading_done_id_obligation_done"), type_="foreignkey")
        batch_op.drop_column("done_id")
    with op.batch_alter_table("obligation_done") as batch_op:
        batch_op.drop_index(op.f("ix_obligation_done_cost_id"))
        batch_op.drop_constraint(op.f("fk_obligation_done_cost_id_vehicle_cost"), type_="foreignkey")
        batch_op.drop_column("cost_id")
