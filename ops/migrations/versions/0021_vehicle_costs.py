"""Costs of cars: the ledger, fuel cards, insurance, repairs, violations, statements, dated settings."""

import sqlalchemy as sa
from alembic import op


revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('cost_setting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('set_by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cost_setting')),
    sa.UniqueConstraint('name', 'valid_from', name='uq_cost_setting_name_valid_from')
    )
    op.create_table('fuel_intake',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('head', sa.String(), nullable=False),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('already', sa.Integer(), nullable=False),
    sa.Column('faulty', sa.Integer(), nullable=False),
    sa.Column('taken_at', sa.DateTime(), nullable=False),
    sa.Column('taken_by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fuel_intake'))
    )
    op.create_table('car_tank',
    sa.Column('vehicle_id', sa.Integer(), nullable=False),
    sa.Column('energy', sa.String(), nullable=False),
    sa.Column('litres', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_car_tank_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('vehicle_id', name=op.f('pk_car_tank'))
    )
    op.create_table('fuel_card',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('vehicle_id', sa.Integer(), nullable=True),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_fuel_card_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fuel_card')),
    sa.UniqueConstraint('number', name=op.f('uq_fuel_card_number'))
    )
    with op.batch_alter_table('fuel_card', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fuel_card_vehicle_id'), ['vehicle_id'], unique=False)

    op.create_table('fuel_intake_fault',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('intake_id', sa.Integer(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('cells', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['intake_id'], ['fuel_intake.id'], name=op.f('fk_fuel_intake_fault_intake_id_fuel_intake')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fuel_intake_fault'))
    )
    with op.batch_alter_table('fuel_intake_fault', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fuel_intake_fault_intake_id'), ['intake_id'], unique=False)

    op.create_table('repair_job',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vehicle_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('problem', sa.String(), nullable=False),
    sa.Column('workshop', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_repair_job_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repair_job'))
    )
    with op.batch_alter_table('repair_job', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_repair_job_day'), ['day'], unique=False)
        batch_op.create_index(batch_op.f('ix_repair_job_vehicle_id'), ['vehicle_id'], unique=False)

    op.create_table('quote_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('job_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['job_id'], ['repair_job.id'], name=op.f('fk_quote_line_job_id_repair_job')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote_line'))
    )
    with op.batch_alter_table('quote_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quote_line_job_id'), ['job_id'], unique=False)

    op.create_table('violation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vehicle_id', sa.Integer(), nullable=False),
    sa.Column('driver_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('fine', sa.BigInteger(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.CheckConstraint('points BETWEEN 0 AND 12', name=op.f('ck_violation_points_of_a_cycle')),
    sa.ForeignKeyConstraint(['driver_id'], ['driver.id'], name=op.f('fk_violation_driver_id_driver')),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_violation_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_violation'))
    )
    with op.batch_alter_table('violation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_violation_day'), ['day'], unique=False)
        batch_op.create_index(batch_op.f('ix_violation_vehicle_id'), ['vehicle_id'], unique=False)

    op.create_table('fine_payment',
    sa.Column('violation_id', sa.Integer(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('payer', sa.String(), nullable=False),
    sa.Column('paper_no', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['violation_id'], ['violation.id'], name=op.f('fk_fine_payment_violation_id_violation')),
    sa.PrimaryKeyConstraint('violation_id', name=op.f('pk_fine_payment'))
    )
    op.create_table('vehicle_cost',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vehicle_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('payee', sa.String(), nullable=False),
    sa.Column('paper_no', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('dispatch_id', sa.Integer(), nullable=True),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.Column('reverses_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.CheckConstraint('amount <> 0', name=op.f('ck_vehicle_cost_amount_not_zero')),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_vehicle_cost_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['dispatch_id'], ['dispatch.id'], name=op.f('fk_vehicle_cost_dispatch_id_dispatch')),
    sa.ForeignKeyConstraint(['reverses_id'], ['vehicle_cost.id'], name=op.f('fk_vehicle_cost_reverses_id_vehicle_cost')),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_vehicle_cost_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vehicle_cost')),
    sa.UniqueConstraint('reverses_id', name=op.f('uq_vehicle_cost_reverses_id'))
    )
    with op.batch_alter_table('vehicle_cost', schema=None) as batch_op:
        batch_op.create_index('ix_vehicle_cost_day', ['day'], unique=False)
        batch_op.create_index(batch_op.f('ix_vehicle_cost_dispatch_id'), ['dispatch_id'], unique=False)
        batch_op.create_index('ix_vehicle_cost_vehicle_kind_day', ['vehicle_id', 'kind', 'day', 'amount'], unique=False)

    op.create_table('violation_void',
    sa.Column('violation_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['violation_id'], ['violation.id'], name=op.f('fk_violation_void_violation_id_violation')),
    sa.PrimaryKeyConstraint('violation_id', name=op.f('pk_violation_void'))
    )
    op.create_table('card_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('card_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('paper_no', sa.String(), nullable=False),
    sa.Column('cost_id', sa.Integer(), nullable=True),
    sa.Column('reverses_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.CheckConstraint('amount <> 0', name=op.f('ck_card_entry_amount_not_zero')),
    sa.ForeignKeyConstraint(['card_id'], ['fuel_card.id'], name=op.f('fk_card_entry_card_id_fuel_card')),
    sa.ForeignKeyConstraint(['cost_id'], ['vehicle_cost.id'], name=op.f('fk_card_entry_cost_id_vehicle_cost')),
    sa.ForeignKeyConstraint(['reverses_id'], ['card_entry.id'], name=op.f('fk_card_entry_reverses_id_card_entry')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_entry')),
    sa.UniqueConstraint('cost_id', name=op.f('uq_card_entry_cost_id')),
    sa.UniqueConstraint('reverses_id', name=op.f('uq_card_entry_reverses_id'))
    )
    with op.batch_alter_table('card_entry', schema=None) as batch_op:
        batch_op.create_index('ix_card_entry_card_day', ['card_id', 'day'], unique=False)

    op.create_table('fuel_fill',
    sa.Column('cost_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('litres', sa.BigInteger(), nullable=False),
    sa.Column('is_full', sa.Boolean(), nullable=False),
    sa.Column('card_id', sa.Integer(), nullable=True),
    sa.Column('serial', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['card_id'], ['fuel_card.id'], name=op.f('fk_fuel_fill_card_id_fuel_card')),
    sa.ForeignKeyConstraint(['cost_id'], ['vehicle_cost.id'], name=op.f('fk_fuel_fill_cost_id_vehicle_cost')),
    sa.PrimaryKeyConstraint('cost_id', name=op.f('pk_fuel_fill'))
    )
    with op.batch_alter_table('fuel_fill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fuel_fill_card_id'), ['card_id'], unique=False)

    op.create_table('insurance_policy',
    sa.Column('cost_id', sa.Integer(), nullable=False),
    sa.Column('policy_no', sa.String(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=False),
    sa.CheckConstraint('to_on >= from_on', name=op.f('ck_insurance_policy_has_length')),
    sa.ForeignKeyConstraint(['cost_id'], ['vehicle_cost.id'], name=op.f('fk_insurance_policy_cost_id_vehicle_cost')),
    sa.PrimaryKeyConstraint('cost_id', name=op.f('pk_insurance_policy'))
    )
    op.create_table('repair_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('job_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('paper_no', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('cost_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['cost_id'], ['vehicle_cost.id'], name=op.f('fk_repair_step_cost_id_vehicle_cost')),
    sa.ForeignKeyConstraint(['job_id'], ['repair_job.id'], name=op.f('fk_repair_step_job_id_repair_job')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repair_step'))
    )
    with op.batch_alter_table('repair_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_repair_step_job_id'), ['job_id'], unique=False)

    op.create_table('policy_premium',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cost_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('insured', sa.BigInteger(), nullable=True),
    sa.Column('premium', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['cost_id'], ['insurance_policy.cost_id'], name=op.f('fk_policy_premium_cost_id_insurance_policy')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy_premium'))
    )
    with op.batch_alter_table('policy_premium', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_policy_premium_cost_id'), ['cost_id'], unique=False)

    with op.batch_alter_table('odometer_reading', schema=None) as batch_op:
        batch_op.add_column(sa.Column('cost_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_odometer_reading_cost_id'), ['cost_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_odometer_reading_cost_id_vehicle_cost'), 'vehicle_cost', ['cost_id'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('odometer_reading', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_odometer_reading_cost_id_vehicle_cost'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_odometer_reading_cost_id'))
        batch_op.drop_column('cost_id')

    with op.batch_alter_table('policy_premium', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_policy_premium_cost_id'))

    op.drop_table('policy_premium')
    with op.batch_alter_table('repair_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_repair_step_job_id'))

    op.drop_table('repair_step')
    op.drop_table('insurance_policy')
    with op.batch_alter_table('fuel_fill', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_fuel_fill_card_id'))

    op.drop_table('fuel_fill')
    with op.batch_alter_table('card_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_card_entry_card_day')

    op.drop_table('card_entry')
    op.drop_table('violation_void')
    with op.batch_alter_table('vehicle_cost', schema=None) as batch_op:
        batch_op.drop_index('ix_vehicle_cost_vehicle_kind_day')
        batch_op.drop_index(batch_op.f('ix_vehicle_cost_dispatch_id'))
        batch_op.drop_index('ix_vehicle_cost_day')

    op.drop_table('vehicle_cost')
    op.drop_table('fine_payment')
    with op.batch_alter_table('violation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_violation_vehicle_id'))
        batch_op.drop_index(batch_op.f('ix_violation_day'))

    op.drop_table('violation')
    with op.batch_alter_table('quote_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_quote_line_job_id'))

    op.drop_table('quote_line')
    with op.batch_alter_table('repair_job', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_repair_job_vehicle_id'))
        batch_op.drop_index(batch_op.f('ix_repair_job_day'))

    op.drop_table('repair_job')
    with op.batch_alter_table('fuel_intake_fault', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_fuel_intake_fault_intake_id'))

    op.drop_table('fuel_intake_fault')
    with op.batch_alter_table('fuel_card', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_fuel_card_vehicle_id'))

    op.drop_table('fuel_card')
    op.drop_table('car_tank')
    op.drop_table('fuel_intake')
    op.drop_table('cost_setting')
