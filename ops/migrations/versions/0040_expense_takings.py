"""Vehicles: what became of drivers' expenses; repair steps by kind."""

import sqlalchemy as sa
from alembic import op


revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('expense_taking',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('expense_id', sa.Integer(), nullable=False),
    sa.Column('cost_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint("cost_id IS NOT NULL OR reason <> ''", name=op.f('ck_expense_taking_cost_or_reason')),
    sa.ForeignKeyConstraint(['cost_id'], ['vehicle_cost.id'], name=op.f('fk_expense_taking_cost_id_vehicle_cost')),
    sa.ForeignKeyConstraint(['expense_id'], ['trip_expense.id'], name=op.f('fk_expense_taking_expense_id_trip_expense')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_expense_taking')),
    sa.UniqueConstraint('cost_id', name=op.f('uq_expense_taking_cost_id'))
    )
    with op.batch_alter_table('expense_taking', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_expense_taking_expense_id'), ['expense_id'], unique=False)
    with op.batch_alter_table('repair_step', schema=None) as batch_op:
        batch_op.create_index('ix_repair_step_kind', ['kind', 'job_id', 'at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('repair_step', schema=None) as batch_op:
        batch_op.drop_index('ix_repair_step_kind')
    with op.batch_alter_table('expense_taking', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_expense_taking_expense_id'))

    op.drop_table('expense_taking')
