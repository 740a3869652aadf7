"""Vehicles: hires with vendors, contracts, approval, actuals, invoices, budgets and notices."""

import sqlalchemy as sa
from alembic import op


revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hire_class_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vehicle_class', sa.String(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('day_ceiling', sa.BigInteger(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('set_by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_class_rule')),
    sa.UniqueConstraint('vehicle_class', 'valid_from', name='uq_hire_class_rule_class_from')
    )
    op.create_table('hire_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('activities', sa.Integer(), nullable=False),
    sa.Column('trips', sa.Integer(), nullable=False),
    sa.Column('cost', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_notice'))
    )
    with op.batch_alter_table('hire_notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hire_notice_month'), ['month'], unique=False)

    op.create_table('hire_reason_class',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('needs_paper', sa.Boolean(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('set_by', sa.String(), nullable=False),
    sa.CheckConstraint('to_on > valid_from', name=op.f('ck_hire_reason_class_ends_later')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_reason_class'))
    )
    op.create_table('hire_setting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('set_by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_setting')),
    sa.UniqueConstraint('name', 'valid_from', name='uq_hire_setting_name_valid_from')
    )
    op.create_table('hire_vendor',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('credit_code', sa.String(), nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_vendor')),
    sa.UniqueConstraint('name', name=op.f('uq_hire_vendor_name'))
    )
    op.create_table('hire_budget',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('set_by', sa.String(), nullable=False),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_hire_budget_amount_not_negative')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_hire_budget_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_budget'))
    )
    with op.batch_alter_table('hire_budget', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hire_budget_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hire_budget_year'), ['year'], unique=False)

    op.create_table('hire_contract',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vendor_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=False),
    sa.Column('liability', sa.BigInteger(), nullable=False),
    sa.Column('seat_cover', sa.BigInteger(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint('valid_to >= valid_from', name=op.f('ck_hire_contract_ends_after_start')),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_hire_contract_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['vendor_id'], ['hire_vendor.id'], name=op.f('fk_hire_contract_vendor_id_hire_vendor')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_contract')),
    sa.UniqueConstraint('vendor_id', 'number', name='uq_hire_contract_vendor_id_number')
    )
    op.create_table('hire_invoice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vendor_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_hire_invoice_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['vendor_id'], ['hire_vendor.id'], name=op.f('fk_hire_invoice_vendor_id_hire_vendor')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_invoice')),
    sa.UniqueConstraint('vendor_id', 'number', name='uq_hire_invoice_vendor_id_number')
    )
    with op.batch_alter_table('hire_invoice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hire_invoice_day'), ['day'], unique=False)

    op.create_table('contract_price',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('vehicle_class', sa.String(), nullable=False),
    sa.Column('method', sa.String(), nullable=False),
    sa.Column('price', sa.BigInteger(), nullable=False),
    sa.Column('base_km', sa.Integer(), nullable=False),
    sa.Column('base_hours', sa.Integer(), nullable=False),
    sa.Column('km_price', sa.BigInteger(), nullable=False),
    sa.Column('hour_price', sa.BigInteger(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint('price >= 0 AND km_price >= 0 AND hour_price >= 0', name=op.f('ck_contract_price_price_not_negative')),
    sa.ForeignKeyConstraint(['contract_id'], ['hire_contract.id'], name=op.f('fk_contract_price_contract_id_hire_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_price')),
    sa.UniqueConstraint('contract_id', 'vehicle_class', 'valid_from', name='uq_contract_price_class_from')
    )
    op.create_table('hire_contract_end',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['hire_contract.id'], name=op.f('fk_hire_contract_end_contract_id_hire_contract')),
    sa.PrimaryKeyConstraint('contract_id', name=op.f('pk_hire_contract_end'))
    )
    op.create_table('hire_invoice_return',
    sa.Column('invoice_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['invoice_id'], ['hire_invoice.id'], name=op.f('fk_hire_invoice_return_invoice_id_hire_invoice')),
    sa.PrimaryKeyConstraint('invoice_id', name=op.f('pk_hire_invoice_return'))
    )
    op.create_table('hire_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hire_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['hire_id'], ['hire.id'], name=op.f('fk_hire_event_hire_id_hire')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_event')),
    sa.UniqueConstraint('hire_id', 'number', name='uq_hire_event_hire_id_number')
    )
    op.create_table('hire_oral',
    sa.Column('hire_id', sa.Integer(), nullable=False),
    sa.Column('approved_by', sa.String(), nullable=False),
    sa.Column('approved_at', sa.DateTime(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['hire_id'], ['hire.id'], name=op.f('fk_hire_oral_hire_id_hire')),
    sa.PrimaryKeyConstraint('hire_id', name=op.f('pk_hire_oral'))
    )
    op.create_table('hire_paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hire_id', sa.Integer(), nullable=False),
    sa.Column('called', sa.String(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_hire_paper_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['hire_id'], ['hire.id'], name=op.f('fk_hire_paper_hire_id_hire')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_paper'))
    )
    with op.batch_alter_table('hire_paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hire_paper_hire_id'), ['hire_id'], unique=False)

    op.create_table('hire_rating',
    sa.Column('hire_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint('stars BETWEEN 1 AND 5', name=op.f('ck_hire_rating_one_to_five')),
    sa.ForeignKeyConstraint(['hire_id'], ['hire.id'], name=op.f('fk_hire_rating_hire_id_hire')),
    sa.PrimaryKeyConstraint('hire_id', name=op.f('pk_hire_rating'))
    )
    op.create_table('hire_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hire_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('approver', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['hire_id'], ['hire.id'], name=op.f('fk_hire_step_hire_id_hire')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_step')),
    sa.UniqueConstraint('hire_id', 'number', name='uq_hire_step_hire_id_number')
    )
    op.create_table('hire_wanted',
    sa.Column('hire_id', sa.Integer(), nullable=False),
    sa.Column('vehicle_class', sa.String(), nullable=False),
    sa.Column('how_many', sa.Integer(), nullable=False),
    sa.CheckConstraint('how_many > 0', name=op.f('ck_hire_wanted_how_many_positive')),
    sa.ForeignKeyConstraint(['hire_id'], ['hire.id'], name=op.f('fk_hire_wanted_hire_id_hire')),
    sa.PrimaryKeyConstraint('hire_id', 'vehicle_class', name=op.f('pk_hire_wanted'))
    )
    op.create_table('hire_invoice_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('invoice_id', sa.Integer(), nullable=False),
    sa.Column('trip_id', sa.Integer(), nullable=False),
    sa.Column('fee', sa.BigInteger(), nullable=False),
    sa.Column('released_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['invoice_id'], ['hire_invoice.id'], name=op.f('fk_hire_invoice_line_invoice_id_hire_invoice')),
    sa.ForeignKeyConstraint(['trip_id'], ['hired_trip.id'], name=op.f('fk_hire_invoice_line_trip_id_hired_trip')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_invoice_line'))
    )
    with op.batch_alter_table('hire_invoice_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hire_invoice_line_invoice_id'), ['invoice_id'], unique=False)
        batch_op.create_index('uq_hire_invoice_line_trip_now', ['trip_id'], unique=True, sqlite_where=sa.text('released_at IS NULL'), postgresql_where=sa.text('released_at IS NULL'))

    op.create_table('hire_step_reason',
    sa.Column('step_id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['rule_id'], ['approval_rule.id'], name=op.f('fk_hire_step_reason_rule_id_approval_rule')),
    sa.ForeignKeyConstraint(['step_id'], ['hire_step.id'], name=op.f('fk_hire_step_reason_step_id_hire_step')),
    sa.PrimaryKeyConstraint('step_id', 'rule_id', name=op.f('pk_hire_step_reason'))
    )
    op.create_table('hire_verdict',
    sa.Column('step_id', sa.Integer(), nullable=False),
    sa.Column('approved', sa.Boolean(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_hire_verdict_by_id_user')),
    sa.ForeignKeyConstraint(['step_id'], ['hire_step.id'], name=op.f('fk_hire_verdict_step_id_hire_step')),
    sa.PrimaryKeyConstraint('step_id', name=op.f('pk_hire_verdict'))
    )
    op.create_table('hired_actual',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('trip_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('left_at', sa.DateTime(), nullable=False),
    sa.Column('back_at', sa.DateTime(), nullable=False),
    sa.Column('kilometres', sa.Integer(), nullable=False),
    sa.Column('plate', sa.String(), nullable=False),
    sa.Column('driver', sa.String(), nullable=False),
    sa.Column('overrun', sa.BigInteger(), nullable=False),
    sa.Column('extra', sa.BigInteger(), nullable=False),
    sa.Column('fee', sa.BigInteger(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint('fee >= 0 AND extra >= 0 AND kilometres >= 0', name=op.f('ck_hired_actual_not_negative')),
    sa.ForeignKeyConstraint(['trip_id'], ['hired_trip.id'], name=op.f('fk_hired_actual_trip_id_hired_trip')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hired_actual')),
    sa.UniqueConstraint('trip_id', 'number', name='uq_hired_actual_trip_id_number')
    )
    op.create_table('hired_trip_cancellation',
    sa.Column('trip_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['trip_id'], ['hired_trip.id'], name=op.f('fk_hired_trip_cancellation_trip_id_hired_trip')),
    sa.PrimaryKeyConstraint('trip_id', name=op.f('pk_hired_trip_cancellation'))
    )
    with op.batch_alter_table('hire', schema=None) as batch_op:
        batch_op.add_column(sa.Column('starts_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('ends_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('people', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('contact', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('phone', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('route', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('out_of_district', sa.Boolean(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('planned_km', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('own_cars_why', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('own_free', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('own_fitting', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('class_reason', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('money_from', sa.String(), server_default='unit', nullable=False))
        batch_op.add_column(sa.Column('estimate', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('request_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_hire_request_id'), ['request_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_hire_request_id_trip_request'), 'trip_request', ['request_id'], ['id'])

    with op.batch_alter_table('hire_void', schema=None) as batch_op:
        batch_op.add_column(sa.Column('called_off', sa.Boolean(), server_default='0', nullable=False))

    with op.batch_alter_table('hired_trip', schema=None) as batch_op:
        batch_op.add_column(sa.Column('vendor_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('driver', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('price_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('off_list_reason', sa.String(), server_default='', nullable=False))
        batch_op.create_index(batch_op.f('ix_hired_trip_vendor_id'), ['vendor_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_hired_trip_price_id_contract_price'), 'contract_price', ['price_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_hired_trip_vendor_id_hire_vendor'), 'hire_vendor', ['vendor_id'], ['id'])
    # the vendors that stand in the vehicle-trips enter the list of vendors
    op.execute(
        "INSERT INTO hire_vendor (name, credit_code, contact, phone, at, by) "
        "SELECT DISTINCT vendor, '', '', '', CURRENT_TIMESTAMP, 'system' FROM hired_trip"
    )
    op.execute("UPDATE hired_trip SET vendor_id = (SELECT id FROM hire_vendor WHERE hire_vendor.name = hired_trip.vendor)")


def downgrade() -> None:
    with op.batch_alter_table('hired_trip', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_hired_trip_vendor_id_hire_vendor'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_hired_trip_price_id_contract_price'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_hired_trip_vendor_id'))
        batch_op.drop_column('off_list_reason')
        batch_op.drop_column('price_id')
        batch_op.drop_column('driver')
        batch_op.drop_column('vendor_id')

    with op.batch_alter_table('hire_void', schema=None) as batch_op:
        batch_op.drop_column('called_off')

    with op.batch_alter_table('hire', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_hire_request_id_trip_request'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_hire_request_id'))
        batch_op.drop_column('request_id')
        batch_op.drop_column('estimate')
        batch_op.drop_column('money_from')
        batch_op.drop_column('class_reason')
        batch_op.drop_column('own_fitting')
        batch_op.drop_column('own_free')
        batch_op.drop_column('own_cars_why')
        batch_op.drop_column('planned_km')
        batch_op.drop_column('out_of_district')
        batch_op.drop_column('route')
        batch_op.drop_column('phone')
        batch_op.drop_column('contact')
        batch_op.drop_column('people')
        batch_op.drop_column('ends_at')
        batch_op.drop_column('starts_at')

    op.drop_table('hired_trip_cancellation')
    op.drop_table('hired_actual')
    op.drop_table('hire_verdict')
    op.drop_table('hire_step_reason')
    with op.batch_alter_table('hire_invoice_line', schema=None) as batch_op:
        batch_op.drop_index('uq_hire_invoice_line_trip_now', sqlite_where=sa.text('released_at IS NULL'), postgresql_where=sa.text('released_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_hire_invoice_line_invoice_id'))

    op.drop_table('hire_invoice_line')
    op.drop_table('hire_wanted')
    op.drop_table('hire_step')
    op.drop_table('hire_rating')
    with op.batch_alter_table('hire_paper', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hire_paper_hire_id'))

    op.drop_table('hire_paper')
    op.drop_table('hire_oral')
    op.drop_table('hire_event')
    op.drop_table('hire_invoice_return')
    op.drop_table('hire_contract_end')
    op.drop_table('contract_price')
    with op.batch_alter_table('hire_invoice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hire_invoice_day'))

    op.drop_table('hire_invoice')
    op.drop_table('hire_contract')
    with op.batch_alter_table('hire_budget', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hire_budget_year'))
        batch_op.drop_index(batch_op.f('ix_hire_budget_unit_id'))

    op.drop_table('hire_budget')
    op.drop_table('hire_vendor')
    op.drop_table('hire_setting')
    op.drop_table('hire_reason_class')
    with op.batch_alter_table('hire_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hire_notice_month'))

    op.drop_table('hire_notice')
    op.drop_table('hire_class_rule')
