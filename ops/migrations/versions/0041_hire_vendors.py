"""Hired vehicles: vendors, contracts with prices, budgets, dated rules and notices."""

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


def downgrade() -> None:
    op.drop_table('hire_contract_end')
    op.drop_table('contract_price')
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
